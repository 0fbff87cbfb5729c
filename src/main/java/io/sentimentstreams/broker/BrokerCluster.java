package io.sentimentstreams.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sentimentstreams.InvalidInputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/**
 * A cluster of brokers on the loopback address, as one of its nodes sees it. Each node is broker
 * and KRaft controller; nodes have the ids 1, 2, 3 and so on.
 *
 * @param own id of the node that is to be started
 * @param nodes all nodes, in the order of their ids
 */
public record BrokerCluster(int own, List<Node> nodes) {
  private static final int MOST_NODES = 9;
  private static final Pattern NODE = Pattern.compile("(\\d{1,5})/(\\d{1,5})");

  /** Of each topic whose maker does not say how many. */
  private static final int REPLICAS = 3;

  /**
   * A node's ports.
   *
   * @param port for clients and other brokers
   * @param controllerPort for the controllers
   */
  public record Node(int port, int controllerPort) {
    public Node {
      requirePort(port);
      requirePort(controllerPort);
    }

    private static void requirePort(int port) {
      if (port < 1 || port > 65_535) {
        throw new InvalidInputException("nodes: port %d, but must be 1 to 65535".formatted(port));
      }
    }

    @Override
    public String toString() {
      return port + "/" + controllerPort;
    }
  }

  public BrokerCluster {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty() || nodes.size() > MOST_NODES) {
      throw new InvalidInputException(
          "nodes: %d, but must be 1 to %d".formatted(nodes.size(), MOST_NODES));
    }
    if (own < 1 || own > nodes.size()) {
      throw new InvalidInputException(
          "node: %d, but must be 1 to %d, as many as nodes has".formatted(own, nodes.size()));
    }
    Set<Integer> ports = new HashSet<>();
    for (Node node : nodes) {
      if (!ports.add(node.port()) || !ports.add(node.controllerPort())) {
        throw new InvalidInputException(
            "nodes: %s has a port that stands there twice; each node needs two of its own"
                .formatted(node));
      }
    }
  }

  /**
   * Reads a cluster as {@link #text} writes it.
   *
   * @param text such as {@code 9092/9192,9093/9193,9094/9194}: each node's port, and its
   *     controller's
   */
  public static BrokerCluster parse(int own, String text) {
    List<Node> nodes = new ArrayList<>();
    for (String node : text.split(",", -1)) {
      Matcher matcher = NODE.matcher(node.strip());
      if (!matcher.matches()) {
        throw new InvalidInputException(
            "nodes: \"%s\", but PORT/CONTROLLERPORT is needed for each node, such as 9092/9192"
                .formatted(node));
      }
      nodes.add(new Node(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
    }
    return new BrokerCluster(own, nodes);
  }

  /** The nodes, to be read by {@link #parse}. */
  public String text() {
    return nodes.stream().map(Node::toString).collect(Collectors.joining(","));
  }

  /** What clients connect to. */
  public String bootstrapServers() {
    return nodes.stream()
        .map(node -> EmbeddedBroker.HOST + ":" + node.port())
        .collect(Collectors.joining(","));
  }

  Node ownNode() {
    return nodes.get(own - 1);
  }

  /** How often a topic's records are kept: three times, where there are as many brokers. */
  int replicas() {
    return Math.min(REPLICAS, nodes.size());
  }

  /** How many replicas must have a record before it counts as written: one may be away. */
  int leastInSync() {
    return Math.max(1, replicas() - 1);
  }

  /** The controllers, as Kafka's setting {@code controller.quorum.voters} names them. */
  String voters() {
    List<String> voters = new ArrayList<>();
    for (int id = 1; id <= nodes.size(); id++) {
      int port = nodes.get(id - 1).controllerPort();
      voters.add("%d@%s:%d".formatted(id, EmbeddedBroker.HOST, port));
    }
    return String.join(",", voters);
  }

  /** The same for all nodes of a new cluster of several, and drawn for one that is alone. */
  Uuid newId() {
    if (nodes.size() == 1) {
      return Uuid.randomUuid();
    }
    UUID id = UUID.nameUUIDFromBytes(text().getBytes(UTF_8));
    return new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }
}
