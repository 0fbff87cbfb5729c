package io.sentimentstreams.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.batch.FrameRow;
import io.sentimentstreams.model.AttributionMethod;
import io.sentimentstreams.model.Explanation;
import io.sentimentstreams.model.InferenceException;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.TokenContribution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every format does alike. */
public abstract class EventCodecContract {
  private static final int MAXIMUM_TEXT_BYTES = 1_000;
  private static final int MAXIMUM_DEPTH = 20;
  private static final Labels LABELS = new Labels(List.of("negative", "neutral", "positive"));
  private static final Prediction POSITIVE = Prediction.of(new float[] {0.03f, 0.06f, 0.91f});
  private static final Instant SCORED_AT = Instant.parse("2026-01-02T03:04:05.678Z");

  /** Where a route looks, and what it takes. */
  public record Pointers(
      String text, @Nullable String id, @Nullable String group, int textBytes, int depth) {}

  /** A codec of a route. */
  protected abstract EventCodec codec(Pointers pointers);

  /** A value of fields as a producer would write it: strings, numbers, maps, lists, nulls. */
  protected abstract byte[] value(Map<String, ?> fields);

  /** The fields of a labelled event as a consumer would read it; those that are null left out. */
  protected abstract Map<String, Object> written(byte[] value);

  private ParsedEvent read(Pointers pointers, Map<String, ?> fields) {
    return codec(pointers).read(row(value(fields)));
  }

  private ParsedEvent read(Map<String, ?> fields) {
    return read(usual(), fields);
  }

  private static Pointers usual() {
    return new Pointers("/text", "/id", null, MAXIMUM_TEXT_BYTES, MAXIMUM_DEPTH);
  }

  /** A row of a value. */
  protected static FrameRow row(byte @Nullable [] value) {
    return new FrameRow(0, 0, null, value, List.of());
  }

  /** Checks the reason, and that the detail has these words. */
  protected static void assertRejected(ParsedEvent event, RejectionReason reason, String detail) {
    assertThat(event)
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(reason);
              assertThat(rejected.detail()).contains(detail);
            });
  }

  @Test
  void event_withTextAndId_isRead() {
    assertThat(read(Map.of("id", "t-1", "text", "so good 😊", "lang", "en")))
        .isEqualTo(new TextEvent("t-1", "so good 😊"));
  }

  @Test
  void event_withANumberForAnId_hasItsDigits() {
    assertThat(read(Map.of("id", 42L, "text", "ok"))).isEqualTo(new TextEvent("42", "ok"));
  }

  @Test
  void event_withAnIdThatIsNeither_hasNone() {
    assertThat(read(Map.of("id", List.of("a"), "text", "ok"))).isEqualTo(new TextEvent(null, "ok"));
    assertThat(read(Collections.singletonMap("text", "ok"))).isEqualTo(new TextEvent(null, "ok"));
  }

  @Test
  void event_withNestedFields_isReadByPointers() {
    Pointers nested =
        new Pointers("/post/texts/1", "/post/id", "/by/name", MAXIMUM_TEXT_BYTES, MAXIMUM_DEPTH);

    assertThat(
            read(
                nested,
                Map.of(
                    "post", Map.of("texts", List.of("no", "yes"), "id", 7L),
                    "by", Map.of("name", "Air"))))
        .isEqualTo(new TextEvent("7", "yes", List.of("Air")));
  }

  @Test
  void groups_ofAnArray_areItsDifferentElements() {
    Map<String, ?> event =
        Map.of(
            "text", "ok",
            "tags", List.of("a", "b", "", "a"),
            "by", List.of(Map.of("name", "x"), Map.of("name", "y")));

    assertThat(read(new Pointers("/text", null, "/tags", 100, 20), event))
        .isEqualTo(new TextEvent(null, "ok", List.of("a", "b")));
    assertThat(read(new Pointers("/text", null, "/by/*/name", 100, 20), event))
        .isEqualTo(new TextEvent(null, "ok", List.of("x", "y")));
  }

  @Test
  void text_thatIsNotThere_isMissing() {
    assertRejected(read(Map.of("id", "a")), RejectionReason.TEXT_MISSING, "no field at /text");
    assertRejected(
        read(
            new Pointers("/a/3", null, null, MAXIMUM_TEXT_BYTES, MAXIMUM_DEPTH),
            Map.of("a", List.of("x"))),
        RejectionReason.TEXT_MISSING,
        "/a/3");
  }

  @Test
  void text_thatIsSomethingElse_isNoString() {
    assertRejected(
        read(Collections.singletonMap("text", null)),
        RejectionReason.TEXT_NOT_A_STRING,
        "/text is null");
    assertRejected(
        read(Map.of("text", 5L)), RejectionReason.TEXT_NOT_A_STRING, "/text is a number");
    assertRejected(
        read(Map.of("text", true)), RejectionReason.TEXT_NOT_A_STRING, "/text is true or false");
    assertRejected(
        read(Map.of("text", List.of("x"))), RejectionReason.TEXT_NOT_A_STRING, "/text is an array");
    assertRejected(
        read(Map.of("text", Map.of("a", "x"))),
        RejectionReason.TEXT_NOT_A_STRING,
        "/text is an object");
  }

  @Test
  void text_withNothingVisible_isEmpty() {
    assertRejected(read(Map.of("text", "")), RejectionReason.EMPTY_TEXT, "empty");
    assertRejected(
        read(Map.of("text", " \n\u200b")), RejectionReason.EMPTY_TEXT, "no visible character");
  }

  @Test
  void text_ofMoreBytesThanTheRouteTakes_isTooLong() {
    String longest = "é".repeat(MAXIMUM_TEXT_BYTES / 2);

    assertThat(read(Map.of("text", longest))).isInstanceOf(TextEvent.class);
    assertRejected(read(Map.of("text", longest + "é")), RejectionReason.TEXT_TOO_LONG, "bytes");
  }

  @Test
  void id_ofTooManyCharacters_passesALimit() {
    String longest = "i".repeat(EventParser.MAXIMUM_ID_LENGTH);

    assertThat(read(Map.of("id", longest, "text", "ok"))).isEqualTo(new TextEvent(longest, "ok"));
    assertRejected(
        read(Map.of("id", longest + "i", "text", "ok")), RejectionReason.LIMIT_EXCEEDED, "1001");
  }

  @Test
  void tombstone_ofAnyFormat_isRejected() {
    assertRejected(codec(usual()).read(row(null)), RejectionReason.TOMBSTONE, "null");
  }

  @Test
  void values_damagedInAnyWay_haveAnOutcome() {
    EventCodec codec = codec(usual());
    byte[] whole = value(Map.of("id", "t-1", "text", "good", "tags", List.of("a", "b")));
    Random random = new Random(7);

    List<ParsedEvent> outcomes = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 3));
      // An id of a schema that is there is left alone, so that not each value ends with it.
      int place = 5 + random.nextInt(whole.length - 5);
      if (place < damaged.length) {
        damaged[place] = (byte) random.nextInt();
      }
      outcomes.add(codec.read(row(damaged)));
    }

    assertThat(outcomes).doesNotContainNull().hasAtLeastOneElementOfType(Rejected.class);
  }

  @Test
  void labelledEvent_written_hasWhatThePredictionSays() {
    byte[] value =
        codec(usual()).writer(LABELS, "m", "v").write("t-1", POSITIVE, SCORED_AT, "good", null);

    assertThat(written(value))
        .containsOnlyKeys(
            "id", "label", "score", "probabilities", "model", "modelVersion", "scoredAt", "text")
        .containsEntry("id", "t-1")
        .containsEntry("label", "positive")
        .containsEntry("score", 0.91)
        .containsEntry("probabilities", Map.of("negative", 0.03, "neutral", 0.06, "positive", 0.91))
        .containsEntry("model", "m")
        .containsEntry("modelVersion", "v")
        .containsEntry("scoredAt", SCORED_AT.toString())
        .containsEntry("text", "good");
  }

  @Test
  void labelledEvent_withoutIdAndText_hasNeither() {
    byte[] value =
        codec(usual()).writer(LABELS, "m", "v").write(null, POSITIVE, SCORED_AT, null, null);

    assertThat(written(value)).doesNotContainKeys("id", "text", "method", "tokens");
  }

  @Test
  void labelledEvent_explained_hasItsWords() {
    Explanation explanation =
        new Explanation(
            AttributionMethod.EXACT, 1, -0.25, List.of(new TokenContribution("good", 0, 4, 1.5)));

    byte[] value =
        codec(usual()).writer(LABELS, "m", "v").write(null, POSITIVE, SCORED_AT, null, explanation);

    assertThat(written(value))
        .containsEntry("method", "exact")
        .containsEntry("against", "neutral")
        .containsEntry("rest", -0.25)
        .containsEntry(
            "tokens", List.of(Map.of("text", "good", "start", 0, "end", 4, "contribution", 1.5)));
  }

  @Test
  void prediction_thatIsNoNumber_isRefused() {
    EventWriter writer = codec(usual()).writer(LABELS, "m", "v");
    Prediction broken = new Prediction(0, Float.NaN, new float[] {Float.NaN, 0, 0});

    assertThatThrownBy(() -> writer.write(null, broken, SCORED_AT, null, null))
        .isInstanceOf(InferenceException.class);
  }
}
