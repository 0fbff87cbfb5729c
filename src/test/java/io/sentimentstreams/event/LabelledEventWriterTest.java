package io.sentimentstreams.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import io.sentimentstreams.model.AttributionMethod;
import io.sentimentstreams.model.Explanation;
import io.sentimentstreams.model.InferenceException;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.TokenContribution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LabelledEventWriterTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchema SCHEMA = Schemas.read("labelled-event");
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123456Z");
  private static final Labels LABELS = new Labels(List.of("negative", "positive"));

  private final LabelledEventWriter writer = new LabelledEventWriter(LABELS, "m", "v");

  @Test
  void event_withEverything_isWrittenInOrder() {
    assertThat(written("7", Prediction.of(new float[] {0.25f, 0.75f}), "a \"b\"\n😊"))
        .isEqualTo(
            "{\"id\":\"7\",\"label\":\"positive\",\"score\":0.75,"
                + "\"probabilities\":{\"negative\":0.25,\"positive\":0.75},"
                + "\"model\":\"m\",\"modelVersion\":\"v\","
                + "\"scoredAt\":\"2026-01-02T12:00:00.123Z\",\"text\":\"a \\\"b\\\"\\n😊\"}");
  }

  @Test
  void event_withoutIdAndText_leavesThemOut() {
    assertThat(written(null, Prediction.of(new float[] {1, 0}), null))
        .startsWith("{\"label\":\"negative\",\"score\":1,\"probabilities\":{")
        .endsWith("\"scoredAt\":\"2026-01-02T12:00:00.123Z\"}");
  }

  @Test
  void event_explained_hasItsTokens() throws IOException {
    Explanation explanation =
        new Explanation(
            AttributionMethod.OCCLUSION,
            0,
            -0.5,
            List.of(
                new TokenContribution("so \"good\"", 0, 9, 1.0000004),
                new TokenContribution("\uD83D\uDE0A", 10, 12, -12.3456789),
                new TokenContribution("x", 13, 14, -1e-9),
                new TokenContribution("y", 15, 16, 1e300)));

    byte[] json =
        writer.write(null, Prediction.of(new float[] {0.25f, 0.75f}), NOON, null, explanation);

    assertThat(new String(json, StandardCharsets.UTF_8))
        .endsWith(
            ",\"method\":\"occlusion\",\"against\":\"negative\",\"rest\":-0.5,\"tokens\":["
                + "{\"text\":\"so \\\"good\\\"\",\"start\":0,\"end\":9,\"contribution\":1},"
                + "{\"text\":\"\uD83D\uDE0A\",\"start\":10,\"end\":12,\"contribution\":-12.345679},"
                + "{\"text\":\"x\",\"start\":13,\"end\":14,\"contribution\":0},"
                + "{\"text\":\"y\",\"start\":15,\"end\":16,\"contribution\":1000000000}]}");
    Schemas.assertValid(SCHEMA, json);
  }

  @Property
  void number_any_isReadBackWithinItsDecimals(
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double value) throws IOException {
    byte[] json = new JsonBytes(1).number(value).toByteArray();

    assertThat(JSON.readTree(json).doubleValue()).isCloseTo(value, within(0.51e-6));
  }

  @Property
  void event_ofAnyStrings_isReadBackByJackson(
      @ForAll("strings") String id,
      @ForAll("strings") String text,
      @ForAll("strings") String label,
      @ForAll("strings") String model,
      @ForAll @FloatRange(min = 0, max = 1) float probability)
      throws IOException {
    Labels labels = new Labels(List.of(label + "1", label + "2"));
    Prediction prediction = Prediction.of(new float[] {probability, 1 - probability});

    byte[] json =
        new LabelledEventWriter(labels, model + "1", "v").write(id, prediction, NOON, text);

    JsonNode event = JSON.readTree(json);
    assertThat(event.path("id").textValue()).isEqualTo(Utf8.wellFormed(id));
    assertThat(event.path("text").textValue()).isEqualTo(Utf8.wellFormed(text));
    assertThat(event.path("model").textValue()).isEqualTo(Utf8.wellFormed(model + "1"));
    assertThat(event.path("label").textValue())
        .isEqualTo(Utf8.wellFormed(labels.name(prediction.label())));
    assertThat(event.path("probabilities").path(Utf8.wellFormed(label + "1")).doubleValue())
        .isCloseTo(probability, within(0.6e-6));
    Schemas.assertValid(SCHEMA, json);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "0.5, 0.5",
    "0.1, 0.1",
    "1e-6, 0.000001",
    "4e-7, 0",
    "6e-7, 0.000001",
    "1.4e-45, 0",
    "0.9999999, 1",
    "0.9999994, 0.999999",
    "0.123456789, 0.123457",
    "0.3333333, 0.333333",
    "0.00001, 0.00001",
    "1.00005, 1",
    "-0.00005, 0",
    "-0.0, 0"
  })
  void share_ofAnySize_isShortAndWithoutExponent(float share, String expected) {
    Prediction prediction = new Prediction(0, share, new float[] {share, 0.5f});

    assertThat(written(null, prediction, null))
        .contains("\"score\":" + expected + ",", "\"negative\":" + expected + ",");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1.1f, -0.1f})
  void probability_thatIsNone_isAFailureOfTheModel(float probability) {
    Prediction bad = new Prediction(0, 0.5f, new float[] {0.5f, probability});
    Prediction badScore = new Prediction(0, probability, new float[] {0.5f, 0.5f});

    assertThatThrownBy(() -> written(null, bad, null))
        .isInstanceOf(InferenceException.class)
        .hasMessage("the probability of positive is " + probability + ", but must be from 0 to 1");
    assertThatThrownBy(() -> written(null, badScore, null)).isInstanceOf(InferenceException.class);
  }

  @Test
  void prediction_ofAnotherModel_isRefused() {
    assertThatThrownBy(() -> written(null, Prediction.of(new float[] {0.2f, 0.3f, 0.5f}), null))
        .isInstanceOf(InferenceException.class)
        .hasMessage("label 2, 3 probabilities for 2 labels");
  }

  @Test
  void text_ofAMegabyte_isWrittenWhole() throws IOException {
    String text = "\u0000漢😊a".repeat(200_000);

    byte[] json = writer.write("1", Prediction.of(new float[] {1, 0}), NOON, text);

    assertThat(JSON.readTree(json).path("text").textValue()).isEqualTo(text);
  }

  private String written(@Nullable String id, Prediction prediction, @Nullable String text) {
    return new String(writer.write(id, prediction, NOON, text), UTF_8);
  }

  /** Any chars, unpaired surrogates and controls among them. */
  @Provide
  Arbitrary<String> strings() {
    Arbitrary<Character> chars =
        Arbitraries.oneOf(
            Arbitraries.chars().all(),
            Arbitraries.chars().range('\u0000', '\u0080'),
            Arbitraries.chars().range('\ud7f0', '\ue010'));
    return chars
        .list()
        .ofMaxSize(12)
        .map(list -> list.stream().map(String::valueOf).collect(Collectors.joining()));
  }
}
