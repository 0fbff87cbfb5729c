package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.control.Activation;
import io.sentimentstreams.control.ControlState;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.stream.ControlTopic;
import io.sentimentstreams.stream.Route;
import io.sentimentstreams.stream.StreamSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Mixin;

/** Which stream a command of {@code models} is about. */
final class ControlOptions {
  /** How long the broker may take to answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private SettingsOptions settings;

  StreamSettings load(Shell shell) {
    return settings.load(shell);
  }

  /** Refuses what is no route of the settings. */
  static void requireRoute(StreamSettings settings, String route) {
    List<String> names = settings.routes().stream().map(Route::name).toList();
    if (!names.contains(route)) {
      throw new InvalidInputException(
          "route \"%s\": there is none; there are %s".formatted(route, String.join(", ", names)));
    }
  }

  /**
   * Refuses a bundle of other labels than those of the route's model, as every instance would.
   * Where that model is not to be found here, the instances decide.
   */
  static void requireLabels(
      StreamSettings settings, ControlState state, String route, ModelBundle bundle) {
    Set<String> former = labels(settings, state, route);
    Set<String> labels = Set.copyOf(bundle.manifest().model().labels().names());
    if (!former.isEmpty() && !former.equals(labels)) {
      throw new InvalidInputException(
          "model %s: its labels are %s, but those of the model of route %s are %s; activate with --other-labels if that is meant"
              .formatted(
                  bundle.name(),
                  String.join(", ", new TreeSet<>(labels)),
                  route,
                  String.join(", ", new TreeSet<>(former))));
    }
  }

  /** Of what is activated, else of the model of the settings; none where it is not to be found. */
  private static Set<String> labels(StreamSettings settings, ControlState state, String route) {
    Activation activated = state.fallback(route).orElse(null);
    try {
      ModelBundle former =
          ModelBundle.load(
              activated == null ? folder(settings, route) : Path.of(activated.bundle()));
      return activated == null || activated.version().equals(former.version())
          ? Set.copyOf(former.manifest().model().labels().names())
          : Set.of();
    } catch (InvalidInputException | InvalidPathException notHere) {
      return Set.of();
    }
  }

  private static Path folder(StreamSettings settings, String route) {
    return settings.routes().stream()
        .filter(each -> each.name().equals(route))
        .findFirst()
        .orElseThrow()
        .model();
  }

  static ControlTopic open(StreamSettings settings) throws InterruptedException {
    return ControlTopic.open(settings, PATIENCE)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "controlTopic: %s is missing and must not be made; make it as topics/ describes it"
                        .formatted(settings.controlTopic())));
  }

  /** What the topic says now. */
  static ControlState state(ControlTopic topic) throws InterruptedException {
    ControlState state = new ControlState();
    topic.readToEnd().forEach(entry -> state.add(entry.offset(), entry.at(), entry.content()));
    return state;
  }
}
