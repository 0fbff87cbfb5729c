package io.sentimentstreams.model;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes predictions and explanations as fields of a JSON object, with up to six decimals. */
public final class PredictionJson {
  private PredictionJson() {}

  /** Writes the fields that say what was predicted. */
  public static void write(Prediction prediction, Labels labels, JsonGenerator json)
      throws IOException {
    json.writeStringField("label", labels.name(prediction.label()));
    json.writeNumberField("score", sixDecimals(prediction.score()));
    json.writeObjectFieldStart("probabilities");
    for (int label = 0; label < labels.size(); label++) {
      json.writeNumberField(labels.name(label), sixDecimals(prediction.probabilities()[label]));
    }
    json.writeEndObject();
  }

  /** Writes the fields that say which words moved the label. */
  public static void write(Explanation explanation, Labels labels, JsonGenerator json)
      throws IOException {
    json.writeStringField("method", explanation.method().code());
    json.writeStringField("against", labels.name(explanation.against()));
    json.writeNumberField("rest", sixDecimals(explanation.rest()));
    json.writeArrayFieldStart("tokens");
    for (TokenContribution token : explanation.tokens()) {
      json.writeStartObject();
      json.writeStringField("text", token.text());
      json.writeNumberField("start", token.start());
      json.writeNumberField("end", token.end());
      json.writeNumberField("contribution", sixDecimals(token.contribution()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static double sixDecimals(double value) {
    return Math.round(value * 1e6) / 1e6;
  }
}
