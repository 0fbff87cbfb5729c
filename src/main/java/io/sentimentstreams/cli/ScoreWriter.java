package io.sentimentstreams.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sentimentstreams.event.ParsedEvent;
import io.sentimentstreams.event.Rejected;
import io.sentimentstreams.event.TextEvent;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;

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
   * Writes one row and its line end.
   *
   * @param predictions the next one is taken where the row is a text
   */
  void write(ParsedEvent row, Iterator<Prediction> predictions, ByteArrayOutputStream to)
      throws IOException {
    try (JsonGenerator json = JSON.createGenerator(to)) {
      json.writeStartObject();
      if (row instanceof TextEvent text) {
        write(text, predictions.next(), json);
      } else if (row instanceof Rejected rejected) {
        write(rejected, json);
      }
      json.writeEndObject();
    }
    to.write('\n');
  }

  private void write(TextEvent text, Prediction prediction, JsonGenerator json) throws IOException {
    json.writeStringField("label", labels.name(prediction.label()));
    json.writeNumberField("score", sixDecimals(prediction.score()));
    json.writeObjectFieldStart("probabilities");
    for (int label = 0; label < labels.size(); label++) {
      json.writeNumberField(labels.name(label), sixDecimals(prediction.probabilities()[label]));
    }
    json.writeEndObject();
    if (includeText) {
      json.writeStringField("text", text.text());
    }
  }

  private static void write(Rejected rejected, JsonGenerator json) throws IOException {
    json.writeNullField("label");
    json.writeStringField("reason", rejected.reason().code());
    json.writeStringField("detail", rejected.detail());
  }

  private static double sixDecimals(float share) {
    return Math.round(share * 1e6) / 1e6;
  }
}
