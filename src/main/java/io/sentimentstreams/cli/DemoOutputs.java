package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.DeadLetter;
import io.sentimentstreams.event.DeadLetterReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Counts what comes out of the stream and shows some of it. Anybody may write to the topics, so a
 * record that cannot be read is passed over, and remembered. For one thread at a time.
 */
final class DemoOutputs {
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonFactory JSON_STREAM = new JsonFactory();

  private final String deadLetterTopic;
  private final RunTally tally;
  private final DemoScreen screen;
  private long unreadable;
  private String firstProblem = "";

  DemoOutputs(String deadLetterTopic, RunTally tally, DemoScreen screen) {
    this.deadLetterTopic = deadLetterTopic;
    this.tally = tally;
    this.screen = screen;
  }

  /** What a record says. */
  private sealed interface Output {
    void count(RunTally tally);

    void show(DemoScreen screen);
  }

  private record Labelled(String label, double score, String text) implements Output {
    @Override
    public void count(RunTally tally) {
      tally.labelled(label);
    }

    @Override
    public void show(DemoScreen screen) {
      screen.labelled(label, score, text);
    }
  }

  private record Dead(String reason, String text) implements Output {
    @Override
    public void count(RunTally tally) {
      tally.deadLettered(reason);
    }

    @Override
    public void show(DemoScreen screen) {
      screen.deadLettered(reason, text);
    }
  }

  /** Takes the value of a record of a topic. */
  void take(String topic, byte @Nullable [] value) {
    boolean show = screen.takes();
    Output output;
    try {
      output = read(topic, value, show);
    } catch (InvalidInputException noOutput) {
      if (unreadable++ == 0) {
        firstProblem = "%s: %s".formatted(topic, noOutput.getMessage());
      }
      return;
    }
    output.count(tally);
    if (show) {
      output.show(screen);
    }
  }

  private Output read(String topic, byte @Nullable [] value, boolean whole) {
    if (value == null) {
      throw new InvalidInputException("a record without a value");
    }
    if (topic.equals(deadLetterTopic)) {
      DeadLetter letter = DeadLetterReader.read(value);
      DeadLetter.Content content = whole ? letter.value() : null;
      return new Dead(
          letter.reason().code(), content == null ? "" : new String(content.bytes(), UTF_8));
    }
    try {
      return whole ? labelled(JSON.readTree(value)) : new Labelled(label(value), 0, "");
    } catch (IOException e) {
      throw new InvalidInputException("a record that is no JSON", e);
    }
  }

  private static Output labelled(JsonNode event) {
    return new Labelled(
        required(event.path("label").textValue()),
        event.path("score").asDouble(),
        event.path("text").asText());
  }

  /** The label alone, without reading on to the text. */
  private static String label(byte[] value) throws IOException {
    try (JsonParser json = JSON_STREAM.createParser(value)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME && "label".equals(json.currentName())) {
          return required(json.nextTextValue());
        }
      }
    }
    return required(null);
  }

  private static String required(@Nullable String label) {
    if (label == null) {
      throw new InvalidInputException("a record without a label");
    }
    return label;
  }

  /** How many records could not be read. */
  long unreadable() {
    return unreadable;
  }

  /** The first record that could not be read: its topic, and why; empty where there is none. */
  String firstProblem() {
    return firstProblem;
  }
}
