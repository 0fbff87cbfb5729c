package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.broker.BrokerCluster;
import io.sentimentstreams.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sentiment broker}: the demo's broker in a process of its own. */
@Command(
    name = "broker",
    header = "Run a Kafka broker on the loopback address, until it is told to stop.",
    description =
        "%nAlone, or as one node of a cluster whose nodes are all started so, each with its own"
            + " folder: broker and controller, topics with three replicas where there are as many"
            + " nodes, of which one may be away.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment broker --data b1 --port 9092",
      "  sentiment broker --data b2 --node 2 --nodes 9092/9192,9093/9193,9094/9194"
    })
final class BrokerCommand implements Callable<Integer> {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(names = "--data", required = true, paramLabel = "FOLDER", description = "Its data.")
  private Path data;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Its port; 0, the default, for a free one.")
  private @Nullable Integer port;

  @Option(
      names = "--node",
      paramLabel = "N",
      description = "Which node of --nodes this one is, from 1.")
  private @Nullable Integer node;

  @Option(
      names = "--nodes",
      paramLabel = "PORTS",
      description =
          "The nodes of a cluster: of each its port and its controller's, such as"
              + " 9092/9192,9093/9193,9094/9194; the same for all.")
  private @Nullable String nodes;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting of Kafka's broker; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  BrokerCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logs.forDemo(common.verbose);
    try (StopRequest stop = new StopRequest(shell.signals(), () -> {});
        EmbeddedBroker broker = start()) {
      shell.out().println("Kafka broker: " + broker.bootstrapServers());
      shell.out().flush();
      while (!stop.await(LOOK_AGAIN)) {
        BrokenPipeException.flush(shell.out());
      }
    }
    return ExitCode.DONE;
  }

  private EmbeddedBroker start() {
    if (node == null && nodes == null) {
      return EmbeddedBroker.start(data, port == null ? 0 : port, settings);
    }
    if (node == null || nodes == null) {
      throw new InvalidInputException(
          "--node and --nodes: a node of a cluster needs both, such as --node 2 --nodes 9092/9192,9093/9193,9094/9194");
    }
    if (port != null) {
      throw new InvalidInputException("--port: a node of a cluster has its port from --nodes");
    }
    return EmbeddedBroker.startNode(data, BrokerCluster.parse(node, nodes), settings);
  }
}
