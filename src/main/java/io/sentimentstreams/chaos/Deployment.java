package io.sentimentstreams.chaos;

import io.sentimentstreams.broker.BrokerCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The processes of a run, and the settings file that the instances read when they start. */
final class Deployment implements AutoCloseable {
  /** What a broker writes to its log when it serves. */
  private static final String BROKER_SERVES = "Kafka broker: ";

  private static final int HEAP_MEGABYTES = 512;
  private static final int HEAP_OF_SEVERAL_BROKERS_MEGABYTES = 320;

  private final ChaosSettings settings;
  private final Path home;
  private final List<BrokerCluster.Node> nodes;
  private final List<Member> brokers = new ArrayList<>();
  private final List<Member> instances = new ArrayList<>();

  /** Chooses the ports, and starts nothing. */
  Deployment(ChaosSettings settings, Path home) {
    this.settings = settings;
    this.home = home;
    this.nodes = nodes(settings.fleet().brokers());
  }

  /** What clients connect to. */
  String bootstrapServers() {
    return new BrokerCluster(1, nodes).bootstrapServers();
  }

  Path config() {
    return settings.folder().resolve("chaos.yaml");
  }

  /** Writes the settings file; an instance that starts meanwhile reads the old one or the new. */
  void configure(Path model) {
    try {
      Files.createDirectories(settings.folder());
      Path next = settings.folder().resolve("chaos.yaml.next");
      Files.writeString(next, settings.streamSettings(bootstrapServers(), model));
      Files.move(next, config(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be written".formatted(settings.folder()), e);
    }
  }

  void startBrokers() {
    for (int number = 0; number < nodes.size(); number++) {
      brokers.add(broker(number));
    }
    lookAfter(System.nanoTime());
  }

  void startInstances() {
    for (int number = 0; number < settings.fleet().instances(); number++) {
      addInstance();
    }
  }

  /** Whether each broker has a process that has come to serve. */
  boolean brokersServe() {
    return brokers.stream().allMatch(broker -> broker.hasSaid(BROKER_SERVES));
  }

  /** One more, which gets the next number. */
  Member addInstance() {
    Member added = instance(instances.size());
    instances.add(added);
    return added;
  }

  /** The process that a fault befalls. */
  Member target(Fault fault) {
    return (fault.kind().isOfBroker() ? brokers : instances).get(fault.target());
  }

  /** All of them, those that are gone included. */
  List<Member> instances() {
    return List.copyOf(instances);
  }

  /** Starts what has ended, as a supervisor does. */
  void lookAfter(long now) {
    Stream.concat(brokers.stream(), instances.stream()).forEach(member -> member.lookAfter(now));
  }

  private Member broker(int number) {
    Path data = settings.folder().resolve("broker-%d".formatted(number));
    List<String> command = new ArrayList<>(List.of("broker", "--data=" + data));
    BrokerCluster cluster = new BrokerCluster(number + 1, nodes);
    if (nodes.size() == 1) {
      command.add("--port=" + nodes.get(0).port());
    } else {
      command.addAll(List.of("--node=" + cluster.own(), "--nodes=" + cluster.text()));
    }
    ChaosSettings.brokerSettings().forEach((key, value) -> command.add(set(key, value)));
    int heap = nodes.size() == 1 ? HEAP_MEGABYTES : HEAP_OF_SEVERAL_BROKERS_MEGABYTES;
    return member("broker-%d.log".formatted(number), heap, command);
  }

  private Member instance(int number) {
    List<String> command = new ArrayList<>(List.of("stream", "--config=" + config()));
    Path state = settings.folder().resolve("state-%d".formatted(number));
    settings.fleet().settings().forEach((key, value) -> command.add(set(key, value)));
    command.add(set("kafka.state.dir", state.toString()));
    if (settings.fleet().staticMembers()) {
      command.add(set("kafka.group.instance.id", "instance-%d".formatted(number)));
    }
    return member("instance-%d.log".formatted(number), HEAP_MEGABYTES, command);
  }

  private Member member(String log, int heapMegabytes, List<String> command) {
    Path file = settings.folder().resolve(log);
    return new Member(() -> ChildProcess.start(home, file, heapMegabytes, command));
  }

  private static String set(String key, String value) {
    return "--set=%s=%s".formatted(key, value);
  }

  /** All sockets are open until the last port is chosen, so that no two are the same. */
  private static List<BrokerCluster.Node> nodes(int brokers) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      List<BrokerCluster.Node> nodes = new ArrayList<>();
      for (int number = 0; number < brokers; number++) {
        nodes.add(new BrokerCluster.Node(freePort(sockets), freePort(sockets)));
      }
      return nodes;
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    } finally {
      sockets.forEach(Deployment::close);
    }
  }

  private static int freePort(List<ServerSocket> sockets) throws IOException {
    ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    sockets.add(socket);
    return socket.getLocalPort();
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends all processes. */
  @Override
  public void close() {
    instances.forEach(Member::close);
    brokers.forEach(Member::close);
  }
}
