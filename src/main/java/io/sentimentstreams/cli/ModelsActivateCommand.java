package io.sentimentstreams.cli;

import io.sentimentstreams.control.Activation;
import io.sentimentstreams.control.ControlRecord;
import io.sentimentstreams.control.ControlState;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.stream.ControlTopic;
import io.sentimentstreams.stream.StreamSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sentiment models activate}: another model for a route, while the stream runs. */
@Command(
    name = "activate",
    header = "Have a route's events labelled by another model, while the stream runs.",
    description =
        "%nChecks the bundle, and writes what is asked for to the control topic. Every instance"
            + " loads the bundle beside its model, checks and warms it up, and changes over between"
            + " two micro-batches; one that cannot use it goes on with its model and says why. It"
            + " holds for later starts, too, whatever the settings name.",
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%nParameters:%n",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    exitCodeList = {"1:failed, or with --wait: not in use everywhere"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment models activate tweets models/tweets-conv1d --wait",
      "  sentiment models activate tweets models/mine --seen-as /app/models/mine"
    })
final class ModelsActivateCommand implements Callable<Integer> {
  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(index = "0", paramLabel = "ROUTE", description = "The route, such as tweets.")
  private String route;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(
      index = "1",
      paramLabel = "BUNDLE",
      description = "The model's folder, such as models/tweets-conv1d.")
  private Path bundle;

  @Option(
      names = "--seen-as",
      paramLabel = "FOLDER",
      description = "The bundle's folder as the instances see it, where it is not the same.")
  private @Nullable String seenAs;

  @Option(
      names = "--other-labels",
      description = "Take a model of other labels than the one before, too.")
  private boolean otherLabels;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private WaitOptions answers;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private ControlOptions control;

  ModelsActivateCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logs.forPeople(common.verbose);
    Logs.whileConnecting(common.verbose);
    StreamSettings settings = control.load(shell);
    ControlOptions.requireRoute(settings, route);
    Path folder = ModelOptions.folder(shell, bundle).toAbsolutePath().normalize();
    ModelBundle checked = ModelBundle.load(folder);
    try (ControlTopic topic = ControlOptions.open(settings)) {
      ControlState state = ControlOptions.state(topic);
      if (!otherLabels) {
        ControlOptions.requireLabels(settings, state, route, checked);
      }
      Activation activation =
          new Activation(
              seenAs == null ? folder.toString() : seenAs,
              checked.name(),
              checked.version(),
              otherLabels,
              Instant.now().truncatedTo(ChronoUnit.MILLIS),
              state.fallback(route).orElse(null));
      return answers.write(
          shell,
          topic,
          state,
          route,
          new ControlRecord.Activated(route, activation),
          "Route %s: %s, version %s, is asked for."
              .formatted(route, checked.name(), ModelsListCommand.brief(checked.version())));
    }
  }
}
