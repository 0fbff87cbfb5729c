package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.control.ControlState;
import io.sentimentstreams.stream.ControlTopic;
import io.sentimentstreams.stream.Route;
import io.sentimentstreams.stream.StreamSettings;
import java.time.Duration;
import java.util.List;
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
    topic.readToEnd().forEach(entry -> state.add(entry.offset(), entry.content()));
    return state;
  }
}
