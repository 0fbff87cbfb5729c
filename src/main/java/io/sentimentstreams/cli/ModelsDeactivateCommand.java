package io.sentimentstreams.cli;

import io.sentimentstreams.control.ControlRecord;
import io.sentimentstreams.stream.ControlTopic;
import io.sentimentstreams.stream.StreamSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sentiment models deactivate}: back to the model of the settings. */
@Command(
    name = "deactivate",
    header = "Have a route's events labelled by the model of the settings again.",
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%nParameters:%n",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    exitCodeList = {"1:failed, or with --wait: not in use everywhere"},
    footerHeading = "%nExamples:%n",
    footer = {"  sentiment models deactivate tweets --wait"})
final class ModelsDeactivateCommand implements Callable<Integer> {
  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(index = "0", paramLabel = "ROUTE", description = "The route, such as tweets.")
  private String route;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private WaitOptions answers;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private ControlOptions control;

  ModelsDeactivateCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logs.forPeople(common.verbose);
    Logs.whileConnecting(common.verbose);
    StreamSettings settings = control.load(shell);
    ControlOptions.requireRoute(settings, route);
    try (ControlTopic topic = ControlOptions.open(settings)) {
      return answers.write(
          shell,
          topic,
          ControlOptions.state(topic),
          route,
          new ControlRecord.Deactivated(route),
          "Route %s: the model of the settings is asked for.".formatted(route));
    }
  }
}
