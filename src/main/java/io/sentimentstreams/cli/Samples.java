package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tweets, reviews and broken events that ship with the project, spread evenly. */
final class Samples {
  private static final JsonMapper JSON = new JsonMapper();

  /** An event and where it stands between the first (0) and the last (1). */
  private record Placed(double place, DemoEvent event) {}

  private Samples() {}

  /** All of them, always in the same order. */
  static List<DemoEvent> all() {
    try {
      List<Placed> placed = new ArrayList<>();
      place(events("tweets"), placed);
      place(events("reviews"), placed);
      place(broken(), placed);
      return placed.stream()
          .sorted(Comparator.comparingDouble(Placed::place))
          .map(Placed::event)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void place(List<DemoEvent> events, List<Placed> placed) {
    for (int i = 0; i < events.size(); i++) {
      placed.add(new Placed((i + 0.5) / events.size(), events.get(i)));
    }
  }

  private static List<DemoEvent> events(String route) throws IOException {
    List<DemoEvent> events = new ArrayList<>();
    for (String line : lines(route)) {
      events.add(DemoEvent.ofJson(route, line));
    }
    return events;
  }

  private static List<DemoEvent> broken() throws IOException {
    List<DemoEvent> events = new ArrayList<>();
    for (String line : lines("broken")) {
      JsonNode sample = JSON.readTree(line);
      events.add(
          new DemoEvent(
              sample.path("topic").asText(),
              sample.path("name").asText(),
              value(sample.path("valueBase64"))));
    }
    return events;
  }

  private static byte @Nullable [] value(JsonNode base64) {
    return base64.isNull() ? null : Base64.getDecoder().decode(base64.asText());
  }

  private static List<String> lines(String name) throws IOException {
    String file = "samples/" + name + ".jsonl";
    try (InputStream in = requireNonNull(Samples.class.getResourceAsStream(file), file)) {
      // Not String.lines(): it would also split at a lone carriage return.
      return List.of(new String(in.readAllBytes(), UTF_8).strip().split("\n"));
    }
  }
}
