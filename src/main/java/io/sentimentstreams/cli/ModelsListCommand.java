package io.sentimentstreams.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sentimentstreams.control.Activation;
import io.sentimentstreams.control.ControlCodec;
import io.sentimentstreams.control.ControlState;
import io.sentimentstreams.control.InstanceReport;
import io.sentimentstreams.control.RouteReport;
import io.sentimentstreams.stream.ControlTopic;
import io.sentimentstreams.stream.StreamSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sentiment models list}: what is asked for, and what each instance uses. */
@Command(
    name = "list",
    header = "Show what is activated, and which model each instance uses.",
    description =
        "%nInstances report every 10 seconds. One that was killed is shown as silent until it is"
            + " forgotten, a day later.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  sentiment models list --config sentiment.yaml"})
final class ModelsListCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BRIEF = 12;

  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @Option(
      names = "--json",
      description = "Write one JSON object instead: activated, by route, and instances.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private ControlOptions control;

  ModelsListCommand(Shell shell) {
    this.shell = shell;
  }

  /** The beginning of a version, for people. */
  static String brief(String version) {
    return version.substring(0, Math.min(BRIEF, version.length()));
  }

  @Override
  public Integer call() throws InterruptedException {
    Logs.forPeople(common.verbose);
    Logs.whileConnecting(common.verbose);
    StreamSettings settings = control.load(shell);
    try (ControlTopic topic = ControlOptions.open(settings)) {
      ControlState state = ControlOptions.state(topic);
      Instant now = Instant.now();
      if (json) {
        shell.out().println(object(state, now));
      } else {
        table(state, now).forEach(shell.out()::println);
      }
      BrokenPipeException.flush(shell.out());
      return ExitCode.DONE;
    }
  }

  private static ObjectNode object(ControlState state, Instant now) {
    ObjectNode object = JSON.createObjectNode();
    ObjectNode activated = object.putObject("activated");
    activations(state).forEach((route, is) -> activated.set(route, ControlCodec.tree(is)));
    ArrayNode instances = object.putArray("instances");
    for (InstanceReport report : state.instances()) {
      instances.add(ControlCodec.tree(report).put("alive", report.isAlive(now)));
    }
    return object;
  }

  private static Map<String, Activation> activations(ControlState state) {
    Map<String, Activation> activations = new TreeMap<>();
    state
        .wishes()
        .forEach((route, wish) -> wish.activation().ifPresent(is -> activations.put(route, is)));
    return activations;
  }

  private static List<String> table(ControlState state, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(row("route", "instance", "model", "version", "state"));
    activations(state)
        .forEach(
            (route, is) ->
                lines.add(row(route, "activated", is.model(), brief(is.version()), is.bundle())));
    for (InstanceReport report : state.instances()) {
      new TreeMap<>(report.routes())
          .forEach((route, model) -> lines.add(row(report, now, route, model)));
    }
    return lines;
  }

  private static String row(InstanceReport report, Instant now, String route, RouteReport model) {
    return row(
        route,
        report.instance(),
        model.model(),
        brief(model.version()),
        report.isAlive(now) ? state(model) : "silent since " + report.at());
  }

  private static String state(RouteReport model) {
    if (model.refusal() != null) {
      return "refused what is activated: " + model.refusal();
    }
    return model.answers() == RouteReport.NOTHING ? "as in the settings" : "as asked for";
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%-12s %-28s %-20s %-12s %s", cells);
  }
}
