package io.sentimentstreams.broker;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker in this process: broker and KRaft controller, on the loopback address, for
 * the demo and the tests; alone, or one node of a cluster whose others are other processes.
 * Everything that Kafka does not support as an interface for embedding stays in this class.
 *
 * <p>The data folder survives restarts, and a restart may use another port: the voter and the
 * listeners stand in the configuration only, which is written anew each time, never in the
 * formatted folder.
 *
 * <p>Fatal faults of the broker (a full disk, say) end the process, as they do in a broker of its
 * own.
 */
public final class EmbeddedBroker implements AutoCloseable {
  static final String HOST = "127.0.0.1";
  private static final String PLAIN = "PLAINTEXT";
  private static final String SECURE = "SASL_SSL";

  /** Settings of Kafka's own authorizer, which the broker's list does not name. */
  private static final Set<String> OF_AUTHORIZER =
      Set.of(
          StandardAuthorizer.SUPER_USERS_CONFIG,
          StandardAuthorizer.ALLOW_EVERYONE_IF_NO_ACL_IS_FOUND_CONFIG);

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final int port;
  private final KafkaRaftServer server;
  private final FolderLock lock;
  private boolean closed;

  private EmbeddedBroker(int port, KafkaRaftServer server, FolderLock lock) {
    this.port = port;
    this.server = server;
    this.lock = lock;
  }

  /**
   * Starts a broker and waits until it serves.
   *
   * @param dataFolder made and formatted where it is new, else used as it is
   * @param port to listen on, 0 for a free one
   * @throws InvalidInputException where the port is taken, or the folder is in use or cannot be
   *     written
   */
  public static EmbeddedBroker start(Path dataFolder, int port) {
    return start(dataFolder, port, Map.of());
  }

  /**
   * As above, with TLS and passwords for its clients. The controller, which is the same process,
   * listens on another port of the loopback address, without either.
   *
   * @param settings of Kafka's broker, as below
   */
  public static EmbeddedBroker start(
      Path dataFolder, int port, BrokerSecurity security, Map<String, String> settings) {
    return start(dataFolder, () -> single(port), security, settings);
  }

  /**
   * As above, without security.
   *
   * @param settings of Kafka's broker, over those that this class would choose
   * @throws InvalidInputException for settings that are unknown, wrong, or who the broker is
   */
  public static EmbeddedBroker start(Path dataFolder, int port, Map<String, String> settings) {
    return start(dataFolder, () -> single(port), null, settings);
  }

  /**
   * Starts a node of a cluster. Waits until it serves: until more than half of the cluster's nodes
   * have started.
   *
   * @param dataFolder the node's own
   */
  public static EmbeddedBroker startNode(
      Path dataFolder, BrokerCluster cluster, Map<String, String> settings) {
    freePort(cluster.ownNode().port());
    freePort(cluster.ownNode().controllerPort());
    return start(dataFolder, () -> cluster, null, settings);
  }

  private static EmbeddedBroker start(
      Path dataFolder,
      Supplier<BrokerCluster> nodes,
      @Nullable BrokerSecurity security,
      Map<String, String> settings) {
    Path folder = dataFolder.toAbsolutePath().normalize();
    FolderLock lock = FolderLock.acquire(folder);
    try {
      BrokerCluster cluster = nodes.get();
      KafkaConfig config = config(folder, cluster, security, settings);
      formatWhereNew(folder, cluster, security == null ? List.of() : security.scramArguments());
      int port = cluster.ownNode().port();
      return new EmbeddedBroker(port, startServer(config, port), lock);
    } catch (RuntimeException | Error failure) {
      lock.close();
      throw failure;
    }
  }

  private static BrokerCluster single(int port) {
    return new BrokerCluster(1, List.of(new BrokerCluster.Node(freePort(port), freePort(0))));
  }

  /** What clients connect to, such as {@code 127.0.0.1:9092}. */
  public String bootstrapServers() {
    return HOST + ":" + port;
  }

  /** The port that clients connect to. */
  public int port() {
    return port;
  }

  /** Stops the broker cleanly: logs flushed, sockets closed, threads ended, folder free again. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      server.shutdown();
      server.awaitShutdown();
    } finally {
      lock.close();
    }
  }

  private static KafkaRaftServer startServer(KafkaConfig config, int port) {
    KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
    try {
      server.startup();
      return server;
    } catch (RuntimeException | Error failure) {
      server.shutdown();
      if (causedByBind(failure)) {
        throw portTaken(port, failure);
      }
      throw failure;
    }
  }

  private static boolean causedByBind(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }

  /** The wished port after a check that nobody listens on it, or a free one for 0. */
  private static int freePort(int wished) {
    if (wished < 0 || wished > 65_535) {
      throw new InvalidInputException(
          "broker port: %d, but must be 1 to 65535, or 0 for a free one".formatted(wished));
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), wished));
      return socket.getLocalPort();
    } catch (IOException taken) {
      throw portTaken(wished, taken);
    }
  }

  private static InvalidInputException portTaken(int port, Throwable cause) {
    return new InvalidInputException(
        "broker port: %d is taken on %s; stop what listens there, or give another port or 0 for a free one"
            .formatted(port, HOST),
        cause);
  }

  private static void formatWhereNew(
      Path folder, BrokerCluster cluster, List<String> scramArguments) {
    if (Files.exists(folder.resolve("meta.properties"))) {
      return;
    }
    try {
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(cluster.own())
          .setClusterId(cluster.newId().toString())
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(folder.toString())
          .setDirectories(List.of(folder.toString()))
          .setSupportedFeatures(List.copyOf(Feature.PRODUCTION_FEATURES))
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setIgnoreFormatted(false)
          .setScramArguments(scramArguments)
          .run();
    } catch (Exception failure) {
      throw new InvalidInputException(
          "broker data folder %s: cannot be formatted (%s); give an empty folder that can be written"
              .formatted(folder, failure.getMessage()),
          failure);
    }
  }

  private static KafkaConfig config(
      Path folder,
      BrokerCluster cluster,
      @Nullable BrokerSecurity security,
      Map<String, String> settings) {
    Properties identity = identity(folder, cluster, security == null ? PLAIN : SECURE);
    if (security != null) {
      security.addTo(identity);
    }
    Properties properties = new Properties();
    addReplication(properties, cluster);
    if (cluster.nodes().size() == 1) {
      addLateAborts(properties);
      addFastStart(properties);
    }
    properties.put("group.initial.rebalance.delay.ms", "0");
    addSmallFootprint(properties);
    settings.forEach(
        (key, value) -> {
          requireSettable(key, identity);
          properties.put(key, value);
        });
    properties.putAll(identity);
    try {
      return KafkaConfig.fromProps(properties, false);
    } catch (ConfigException | IllegalArgumentException wrong) {
      if (settings.isEmpty()) {
        throw wrong;
      }
      throw new InvalidInputException("set: " + wrong.getMessage(), wrong);
    }
  }

  private static void requireSettable(String key, Properties identity) {
    if (identity.containsKey(key)) {
      throw new InvalidInputException(
          "set: %s is given by the other options of the broker".formatted(key));
    }
    if (!AbstractKafkaConfig.CONFIG_DEF.names().contains(key) && !OF_AUTHORIZER.contains(key)) {
      throw new InvalidInputException("set: %s is no setting of Kafka's broker".formatted(key));
    }
  }

  /** Who the broker is, and where. */
  private static Properties identity(Path folder, BrokerCluster cluster, String listener) {
    Properties properties = new Properties();
    BrokerCluster.Node node = cluster.ownNode();
    String broker = "%s://%s:%d".formatted(listener, HOST, node.port());
    String controller = "CONTROLLER://%s:%d".formatted(HOST, node.controllerPort());
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", Integer.toString(cluster.own()));
    properties.put("log.dirs", folder.toString());
    properties.put("listeners", broker + "," + controller);
    properties.put("advertised.listeners", broker);
    properties.put("inter.broker.listener.name", listener);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put(
        "listener.security.protocol.map", "%1$s:%1$s,CONTROLLER:PLAINTEXT".formatted(listener));
    properties.put("controller.quorum.voters", cluster.voters());
    return properties;
  }

  private static void addReplication(Properties properties, BrokerCluster cluster) {
    String replicas = Integer.toString(cluster.replicas());
    String leastInSync = Integer.toString(cluster.leastInSync());
    properties.put("default.replication.factor", replicas);
    properties.put("min.insync.replicas", leastInSync);
    properties.put("offsets.topic.replication.factor", replicas);
    properties.put("transaction.state.log.replication.factor", replicas);
    properties.put("transaction.state.log.min.isr", leastInSync);
    properties.put("share.coordinator.state.topic.replication.factor", replicas);
    properties.put("share.coordinator.state.topic.min.isr", leastInSync);
    properties.put("auto.create.topics.enable", "false");
  }

  /**
   * A lone node that was killed is without a leader's part in any partition until its former
   * session of 9 s is over; a coordinator that looked for timed-out transactions before that would
   * call them ended without a marker in the partitions, and leave them hanging (KAFKA-20734). Kafka
   * looks 10 s after the start, which a slow machine may not keep.
   */
  private static void addLateAborts(Properties properties) {
    properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "15000");
  }

  /** Nobody else votes or joins, so nothing needs to be waited for. */
  private static void addFastStart(Properties properties) {
    properties.put("controller.quorum.election.timeout.ms", "50");
    properties.put("controller.quorum.election.backoff.max.ms", "50");
    properties.put("broker.heartbeat.interval.ms", "100");
  }

  /** The internal topics' partitions cannot change once made, so these numbers are for good. */
  private static void addSmallFootprint(Properties properties) {
    properties.put("offsets.topic.num.partitions", "4");
    properties.put("transaction.state.log.num.partitions", "4");
    properties.put("share.coordinator.state.topic.num.partitions", "1");
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "2");
    properties.put("log.cleaner.dedupe.buffer.size", "16777216");
  }
}
