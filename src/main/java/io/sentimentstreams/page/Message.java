package io.sentimentstreams.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the page is told; each becomes the data of a server-sent event. */
sealed interface Message {
  /** The most chars of a text that are shown. */
  int SHOWN_TEXT = 600;

  ObjectMapper JSON = new ObjectMapper();

  /**
   * The first one.
   *
   * @param resumed whether this process has sent to this browser before, and what follows is what
   *     it has missed
   * @param samples whether events are shown
   * @param links paths of this server
   * @param seconds the last minutes
   */
  record Hello(boolean resumed, boolean samples, List<String> links, List<State.Second> seconds)
      implements Message {}

  /** Once a second; the first one has no second behind it. */
  record Tick(State state, State.@Nullable Second second) implements Message {}

  /**
   * A labelled event.
   *
   * @param text its beginning
   * @param more chars that are not in {@code text}
   * @param words what moved the label; null where that was not asked for
   */
  record Event(
      String route,
      Place place,
      String text,
      int more,
      String label,
      float score,
      Map<String, Float> probabilities,
      String version,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Word> words)
      implements Message {

    static Event of(Sample.Labelled sample, @Nullable List<Word> words) {
      String text = Sample.beginning(sample.text(), SHOWN_TEXT);
      return new Event(
          sample.route(),
          sample.place(),
          text,
          sample.chars() - text.length(),
          sample.label(),
          sample.score(),
          sample.probabilities(),
          sample.version(),
          words == null
              ? null
              : words.stream().filter(word -> word.end() <= text.length()).toList());
    }
  }

  /** A dead letter. */
  record Letter(String route, Place place, String reason, String detail) implements Message {}

  /**
   * As JSON. A char that is half of a pair of surrogates without the other becomes a question mark
   * when it is written as UTF-8.
   */
  default String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("records of plain values always become JSON", impossible);
    }
  }
}
