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
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker in this process: one node, broker and KRaft controller, on the loopback
 * address, for the demo and the tests. Everything that Kafka does not support as an interface for
 * embedding stays in this class.
 *
 * <p>The data folder survives restarts, and a restart may use another port: the voter and the
 * listeners stand in the configuration only, which is written anew each time, never in the
 * formatted folder.
 *
 * <p>Fatal faults of the broker (a full disk, say) end the process, as they do in a broker of its
 * own.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final int NODE = 1;
  private static final String HOST = "127.0.0.1";
  private static final String PLAIN = "PLAINTEXT";
  private static final String SECURE = "SASL_SSL";
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
    return start(dataFolder, port, null);
  }

  /**
   * As above, with TLS and passwords for its clients. The controller, which is the same process,
   * listens on another port of the loopback address, without either.
   *
   * @param security null for none
   */
  public static EmbeddedBroker start(Path dataFolder, int port, @Nullable BrokerSecurity security) {
    Path folder = dataFolder.toAbsolutePath().normalize();
    FolderLock lock = FolderLock.acquire(folder);
    try {
      int brokerPort = freePort(port);
      Properties properties = properties(folder, brokerPort, freePort(0), security);
      formatWhereNew(folder, security == null ? List.of() : security.scramArguments());
      return new EmbeddedBroker(brokerPort, startServer(properties, brokerPort), lock);
    } catch (RuntimeException | Error failure) {
      lock.close();
      throw failure;
    }
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

  private static KafkaRaftServer startServer(Properties properties, int port) {
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
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

  private static void formatWhereNew(Path folder, List<String> scramArguments) {
    if (Files.exists(folder.resolve("meta.properties"))) {
      return;
    }
    try {
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(NODE)
          .setClusterId(Uuid.randomUuid().toString())
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

  private static Properties properties(
      Path folder, int brokerPort, int controllerPort, @Nullable BrokerSecurity security) {
    Properties properties = new Properties();
    addIdentity(properties, folder, brokerPort, controllerPort, security == null ? PLAIN : SECURE);
    if (security != null) {
      security.addTo(properties);
    }
    addSingleNode(properties);
    addLateAborts(properties);
    addFastStart(properties);
    addSmallFootprint(properties);
    return properties;
  }

  private static void addIdentity(
      Properties properties, Path folder, int brokerPort, int controllerPort, String listener) {
    String broker = "%s://%s:%d".formatted(listener, HOST, brokerPort);
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", Integer.toString(NODE));
    properties.put("log.dirs", folder.toString());
    properties.put("listeners", "%s,CONTROLLER://%s:%d".formatted(broker, HOST, controllerPort));
    properties.put("advertised.listeners", broker);
    properties.put("inter.broker.listener.name", listener);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put(
        "listener.security.protocol.map", "%1$s:%1$s,CONTROLLER:PLAINTEXT".formatted(listener));
    properties.put("controller.quorum.voters", "%d@%s:%d".formatted(NODE, HOST, controllerPort));
  }

  private static void addSingleNode(Properties properties) {
    properties.put("default.replication.factor", "1");
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("auto.create.topics.enable", "false");
  }

  /**
   * A node that was killed is without a leader's part in any partition until its former session of
   * 9 s is over; a coordinator that looked for timed-out transactions before that would call them
   * ended without a marker in the partitions, and leave them hanging (KAFKA-20734). Kafka looks 10
   * s after the start, which a slow machine may not keep.
   */
  private static void addLateAborts(Properties properties) {
    properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "15000");
  }

  /** Nobody else votes or joins, so nothing needs to be waited for. */
  private static void addFastStart(Properties properties) {
    properties.put("controller.quorum.election.timeout.ms", "50");
    properties.put("controller.quorum.election.backoff.max.ms", "50");
    properties.put("broker.heartbeat.interval.ms", "100");
    properties.put("group.initial.rebalance.delay.ms", "0");
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
