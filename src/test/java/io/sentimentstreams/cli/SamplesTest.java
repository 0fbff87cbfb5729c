package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sentimentstreams.event.EventFormat;
import io.sentimentstreams.event.EventParser;
import io.sentimentstreams.event.ParsedEvent;
import io.sentimentstreams.event.Rejected;
import io.sentimentstreams.event.TextEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample events that ship: well formed, distinct, and as varied as they claim to be. */
final class SamplesTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @ParameterizedTest
  @ValueSource(strings = {"tweets.jsonl", "reviews.jsonl"})
  void idsAndTexts_acrossAFile_areUnique(String file) {
    List<JsonNode> samples = samples(file);

    assertThat(samples).extracting(sample -> sample.path("id").textValue()).doesNotHaveDuplicates();
    assertThat(samples)
        .extracting(sample -> letters(sample.path("text").textValue()))
        .doesNotHaveDuplicates();
  }

  @Test
  void tweets_byLabel_areAboutEvenlySpread() {
    List<JsonNode> tweets = samples("tweets.jsonl");

    assertThat(tweets).hasSizeGreaterThanOrEqualTo(300);
    assertThat(countsBy(tweets, "label"))
        .containsOnlyKeys("positive", "negative", "neutral")
        .allSatisfy((label, count) -> assertThat(count).isGreaterThan(tweets.size() / 4L));
    assertThat(countsBy(tweets, "topic")).hasSizeGreaterThanOrEqualTo(8);
  }

  @Test
  void tweets_writtenByPeople_holdWhatTweetsHold() {
    List<String> texts = texts("tweets.jsonl");

    assertThat(texts).anyMatch(text -> text.codePoints().anyMatch(point -> point >= 0x1F300));
    assertThat(texts).anyMatch(text -> text.contains("#"));
    assertThat(texts).anyMatch(text -> text.startsWith("@"));
    assertThat(texts).anyMatch(text -> text.contains("https://example.com/"));
    assertThat(texts).anyMatch(text -> text.contains(":)"));
    assertThat(texts).anyMatch(text -> text.contains("n't"));
    assertThat(texts).anyMatch(text -> text.length() < 10).anyMatch(text -> text.length() > 250);
    assertThat(scripts(texts))
        .contains(
            UnicodeScript.LATIN,
            UnicodeScript.CYRILLIC,
            UnicodeScript.GREEK,
            UnicodeScript.ARABIC,
            UnicodeScript.HAN,
            UnicodeScript.HANGUL,
            UnicodeScript.HIRAGANA,
            UnicodeScript.DEVANAGARI);
  }

  @Test
  void reviews_byLabelAndLength_areAsPromised() {
    List<JsonNode> reviews = samples("reviews.jsonl");

    assertThat(reviews).hasSizeGreaterThanOrEqualTo(100);
    assertThat(countsBy(reviews, "label"))
        .containsOnlyKeys("positive", "negative")
        .allSatisfy((label, count) -> assertThat(count).isGreaterThan(reviews.size() / 3L));
    assertThat(texts("reviews.jsonl"))
        .allSatisfy(text -> assertThat(text.split("\\s+")).hasSizeBetween(30, 250))
        .anyMatch(text -> text.contains("<br />"));
  }

  @Test
  void brokenEvents_byReason_coverEveryKindThatIsNoLimit() {
    List<JsonNode> broken = samples("broken.jsonl");

    assertThat(countsBy(broken, "name")).hasSize(broken.size());
    assertThat(countsBy(broken, "topic")).containsOnlyKeys("tweets", "reviews");
    assertThat(countsBy(broken, "reason"))
        .containsOnlyKeys(
            "tombstone",
            "invalid-utf8",
            "invalid-json",
            "not-an-object",
            "text-missing",
            "text-not-a-string",
            "empty-text");
  }

  @Test
  void brokenEvents_parsed_areRejectedForTheirReason() {
    assertThat(samples("broken.jsonl"))
        .allSatisfy(
            event ->
                assertThat(parsed(value(event)))
                    .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected ->
                            assertThat(rejected.reason().code())
                                .isEqualTo(event.path("reason").textValue())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tweets.jsonl", "reviews.jsonl"})
  void samples_parsedAsEvents_giveTheirIdAndText(String file) {
    assertThat(samples(file))
        .allSatisfy(
            sample ->
                assertThat(parsed(sample.toString().getBytes(UTF_8)))
                    .isEqualTo(
                        new TextEvent(
                            sample.path("id").textValue(), sample.path("text").textValue())));
  }

  private static ParsedEvent parsed(byte @Nullable [] value) {
    return new EventParser(
            EventFormat.JSON,
            EventParser.DEFAULT_TEXT_POINTER,
            EventParser.DEFAULT_ID_POINTER,
            EventParser.DEFAULT_MAXIMUM_TEXT_BYTES)
        .parse(value);
  }

  private static byte @Nullable [] value(JsonNode broken) {
    JsonNode value = broken.path("valueBase64");
    return value.isNull() ? null : Base64.getDecoder().decode(value.textValue());
  }

  private static List<JsonNode> samples(String file) {
    try (InputStream stream =
        requireNonNull(SamplesTest.class.getResourceAsStream("samples/" + file), file)) {
      String all = new String(stream.readAllBytes(), UTF_8);
      assertThat(all).endsWith("\n").doesNotContain("\r");
      return all.lines().map(SamplesTest::object).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode object(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      assertThat(node.isObject()).as(line).isTrue();
      return node;
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  private static List<String> texts(String file) {
    return samples(file).stream().map(sample -> sample.path("text").textValue()).toList();
  }

  private static Map<String, Long> countsBy(List<JsonNode> samples, String field) {
    return samples.stream()
        .collect(
            Collectors.groupingBy(sample -> sample.path(field).textValue(), Collectors.counting()));
  }

  /** What two copies with other case or white space have in common. */
  private static String letters(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
  }

  private static Set<UnicodeScript> scripts(List<String> texts) {
    return texts.stream()
        .flatMapToInt(String::codePoints)
        .mapToObj(UnicodeScript::of)
        .collect(Collectors.toSet());
  }
}
