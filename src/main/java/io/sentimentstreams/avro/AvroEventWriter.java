package io.sentimentstreams.avro;

import io.sentimentstreams.event.EventWriter;
import io.sentimentstreams.event.PredictionRules;
import io.sentimentstreams.model.Explanation;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.TokenContribution;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes labelled events of one model as Avro; the schema is {@code
 * topics/schemas/labelled-event.avsc}.
 */
final class AvroEventWriter implements EventWriter {
  /** Bytes of an event besides its text and id, as a first guess. */
  private static final int CAPACITY = 256;

  private final Schema schema;
  private final Schema tokenSchema;
  private final byte[] beginning;
  private final PredictionRules rules;
  private final Labels labels;
  private final String model;
  private final String modelVersion;
  private final GenericDatumWriter<GenericRecord> data;

  /**
   * A writer for the outputs of one model.
   *
   * @param beginning of each value, not to be changed
   * @param modelVersion the hash of the model's content
   */
  AvroEventWriter(
      Schema schema, byte[] beginning, Labels labels, String model, String modelVersion) {
    this.schema = schema;
    this.tokenSchema = schema.getField("tokens").schema().getTypes().get(1).getElementType();
    this.beginning = beginning;
    this.rules = new PredictionRules(labels);
    this.labels = labels;
    this.model = model;
    this.modelVersion = modelVersion;
    this.data = new GenericDatumWriter<>(schema);
  }

  @Override
  public byte[] write(
      @Nullable String id,
      Prediction prediction,
      Instant scoredAt,
      @Nullable String text,
      @Nullable Explanation explanation) {
    rules.require(prediction);
    GenericRecord event = new GenericData.Record(schema);
    event.put("id", id);
    event.put("label", labels.name(prediction.label()));
    event.put("score", PredictionRules.bounded(prediction.score()));
    event.put("probabilities", probabilities(prediction));
    event.put("model", model);
    event.put("modelVersion", modelVersion);
    event.put("scoredAt", scoredAt.toEpochMilli());
    event.put("text", text);
    if (explanation != null) {
      event.put("method", explanation.method().code());
      event.put("against", labels.name(explanation.against()));
      event.put("rest", explanation.rest());
      event.put("tokens", tokens(explanation.tokens()));
    }
    return bytes(event);
  }

  private Map<String, Float> probabilities(Prediction prediction) {
    Map<String, Float> probabilities = new LinkedHashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      probabilities.put(labels.name(i), PredictionRules.bounded(prediction.probabilities()[i]));
    }
    return probabilities;
  }

  private List<GenericRecord> tokens(List<TokenContribution> contributions) {
    List<GenericRecord> tokens = new ArrayList<>(contributions.size());
    for (TokenContribution contribution : contributions) {
      GenericRecord token = new GenericData.Record(tokenSchema);
      token.put("text", contribution.text());
      token.put("start", contribution.start());
      token.put("end", contribution.end());
      token.put("contribution", contribution.contribution());
      tokens.add(token);
    }
    return tokens;
  }

  private byte[] bytes(GenericRecord event) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(CAPACITY);
    out.writeBytes(beginning);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      data.write(event, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return out.toByteArray();
  }
}
