package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.RejectionReason;
import io.sentimentstreams.letters.LetterFilter;
import io.sentimentstreams.stream.StreamSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dead letters a command is for. */
final class LetterOptions {
  @Option(
      names = "--reason",
      completionCandidates = Candidates.Reasons.class,
      split = ",",
      paramLabel = "REASON",
      description = "Only letters with this reason, such as invalid-json; may be repeated.")
  private List<String> reasons = List.of();

  @Option(
      names = "--route",
      split = ",",
      paramLabel = "NAME",
      description = "Only letters of this route; may be repeated.")
  private List<String> routes = List.of();

  @Option(
      names = "--topic",
      split = ",",
      paramLabel = "TOPIC",
      description = "Only letters whose events came from this topic; may be repeated.")
  private List<String> topics = List.of();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Only letters of events at or after this time: 2026-11-22T10:00:00Z, 2026-11-22 (UTC), or"
              + " so long ago: 30m, 2h, 7d.")
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Only letters of events before this time.")
  private @Nullable String until;

  /** The letters that are meant, of a stream with these settings. */
  LetterFilter filter(StreamSettings settings, InstantSource clock) {
    routes.forEach(route -> ControlOptions.requireRoute(settings, route));
    return new LetterFilter(
        reasons.stream().map(LetterOptions::reason).collect(Collectors.toSet()),
        new LinkedHashSet<>(routes),
        new LinkedHashSet<>(topics),
        time("--since", since, clock),
        time("--until", until, clock));
  }

  private static RejectionReason reason(String code) {
    return Arrays.stream(RejectionReason.values())
        .filter(reason -> reason.code().equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "--reason: \"%s\" is none; there are %s".formatted(code, codes())));
  }

  private static String codes() {
    Set<String> codes =
        Arrays.stream(RejectionReason.values())
            .map(RejectionReason::code)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return String.join(", ", codes);
  }

  private static @Nullable Instant time(String option, @Nullable String text, InstantSource clock) {
    return text == null ? null : Times.parse(option, text, clock);
  }
}
