package io.sentimentstreams.cli;

import io.sentimentstreams.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sentiment broker}: the demo's broker in a process of its own, for {@code chaos}. */
@Command(
    name = "broker",
    hidden = true,
    header = "Run a Kafka broker on the loopback address, until it is told to stop.",
    sortOptions = false)
final class BrokerCommand implements Callable<Integer> {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(names = "--data", required = true, paramLabel = "FOLDER", description = "Its data.")
  private Path data;

  @Option(names = "--port", defaultValue = "0", description = "Its port; 0 for a free one.")
  private int port;

  BrokerCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logs.forDemo(common.verbose);
    try (StopRequest stop = new StopRequest(shell.signals(), () -> {});
        EmbeddedBroker broker = EmbeddedBroker.start(data, port)) {
      shell.out().println("Kafka broker: " + broker.bootstrapServers());
      shell.out().flush();
      while (!stop.await(LOOK_AGAIN)) {
        BrokenPipeException.flush(shell.out());
      }
    }
    return ExitCode.DONE;
  }
}
