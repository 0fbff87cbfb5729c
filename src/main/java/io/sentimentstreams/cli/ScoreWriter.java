package io.sentimentstreams.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sentimentstreams.event.ParsedEvent;
import io.sentimentstreams.event.Rejected;
import io.sentimentstreams.event.TextEvent;
import io.sentimentstreams.model.Explanation;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.PredictionJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Writes the results of {@code sentiment score}, one JSON object a line. */
final class ScoreWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private final Labels labels;
  private final boolean includeText;

  ScoreWriter(Labels labels, boolean includeText) {
    this.labels = labels;
    this.includeText = includeText;
  }

  /**
   * What a model says of a text.
   *
   * @param explanation null where none is asked for
   */
  record Answer(Prediction prediction, @Nullable Explanation explanation) {}

  /**
   * Writes one row and its line end.
   *
   * @param answers the next one is taken where the row is a text
   */
  void write(ParsedEvent row, Iterator<Answer> answers, ByteArrayOutputStream to)
      throws IOException {
    try (JsonGenerator json = JSON.createGenerator(to)) {
      json.writeStartObject();
      if (row instanceof TextEvent text) {
        write(text, answers.next(), json);
      } else if (row instanceof Rejected rejected) {
        write(rejected, json);
      }
      json.writeEndObject();
    }
    to.write('\n');
  }

  private void write(TextEvent text, Answer answer, JsonGenerator json) throws IOException {
    PredictionJson.write(answer.prediction(), labels, json);
    if (includeText) {
      json.writeStringField("text", text.text());
    }
    if (answer.explanation() != null) {
      PredictionJson.write(answer.explanation(), labels, json);
    }
  }

  private static void write(Rejected rejected, JsonGenerator json) throws IOException {
    json.writeNullField("label");
    json.writeStringField("reason", rejected.reason().code());
    json.writeStringField("detail", rejected.detail());
  }
}
