package io.sentimentstreams.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sentimentstreams.control.ControlRecord;
import io.sentimentstreams.control.ControlState;
import io.sentimentstreams.stream.ControlTopic;
import java.time.Duration;
import java.time.InstantSource;
import picocli.CommandLine.Option;

/** Whether a command waits for the answers of all instances, and how it tells them. */
final class WaitOptions {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = "--wait",
      description = "Wait until every living instance has answered; status 1 where one refuses.")
  private boolean wait;

  @Option(
      names = "--timeout",
      defaultValue = "60",
      paramLabel = "SECONDS",
      description = "How long --wait waits (default: ${DEFAULT-VALUE}).")
  private int timeout = 60;

  @Option(names = "--json", description = "Write one JSON object to standard output.")
  private boolean json;

  /**
   * Writes a record, and waits for the answers where that is asked for.
   *
   * @param asked what is asked for, for people
   */
  int write(
      Shell shell,
      ControlTopic topic,
      ControlState state,
      String route,
      ControlRecord record,
      String asked)
      throws InterruptedException {
    ControlTopic.Entry request = topic.write(record);
    (json ? shell.err() : shell.out()).println(asked);
    Answers answers = new Answers(topic::poll, state, route, request, InstantSource.system());
    boolean answered = !wait || answers.await(Duration.ofSeconds(timeout), System::nanoTime);
    if (wait) {
      answers.print(json ? shell.err() : shell.out());
    }
    if (json) {
      ObjectNode object =
          JSON.createObjectNode().put("route", route).put("offset", request.offset());
      answers.addTo(object.putArray("instances"));
      shell.out().println(object);
    }
    BrokenPipeException.flush(shell.out());
    return answered && (!wait || answers.allWell()) ? ExitCode.DONE : ExitCode.FAILED;
  }
}
