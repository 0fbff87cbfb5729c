package io.sentimentstreams.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextEncoderTest {
  private static final String ALPHABET = "a b c d e f g h i j k l";

  private static TextSettings settings(int maximumTokens, Truncation truncation) {
    return new TextSettings(TokenizerKind.PROSE, 100, 1, maximumTokens, truncation);
  }

  private static EncodedText encode(int maximumTokens, Truncation truncation, String text) {
    TextSettings settings = settings(maximumTokens, truncation);
    return new TextEncoder(settings, Vocabulary.build(settings, List.of(ALPHABET))).encode(text);
  }

  /** The known letters of a result, for the vocabulary above: a is 2, b is 3 and so on. */
  private static String letters(EncodedText encoded) {
    return IntStream.of(encoded.ids())
        .mapToObj(id -> id == Vocabulary.UNKNOWN ? "?" : Character.toString('a' + id - 2))
        .collect(Collectors.joining());
  }

  @Test
  void encode_shortText_keepsEveryToken() {
    for (Truncation truncation : Truncation.values()) {
      assertThat(letters(encode(12, truncation, ALPHABET))).isEqualTo("abcdefghijkl");
    }
  }

  @Test
  void encode_longText_isTruncatedAsTheSettingsSay() {
    assertThat(letters(encode(8, Truncation.KEEP_HEAD, ALPHABET))).isEqualTo("abcdefgh");
    assertThat(letters(encode(8, Truncation.KEEP_TAIL, ALPHABET))).isEqualTo("efghijkl");
    assertThat(letters(encode(8, Truncation.KEEP_BOTH_ENDS, ALPHABET))).isEqualTo("abghijkl");
    assertThat(letters(encode(1, Truncation.KEEP_BOTH_ENDS, ALPHABET))).isEqualTo("l");
  }

  @ParameterizedTest
  @CsvSource({
    "FRONT, a b, 0 0 0 2 3",
    "BACK, a b, 2 3 0 0 0",
    "NONE, a b, 2 3",
    "FRONT, , 0 0 0 0 1",
    "BACK, a b c d e f, 3 4 5 6 7"
  })
  void encode_padding_fillsUpToTheLimit(Padding padding, String text, String ids) {
    TextSettings settings =
        new TextSettings(TokenizerKind.PROSE, 100, 1, 5, Truncation.KEEP_TAIL, padding);
    TextEncoder encoder = new TextEncoder(settings, Vocabulary.build(settings, List.of(ALPHABET)));

    EncodedText encoded = encoder.encode(text == null ? "" : text);

    assertThat(
            IntStream.of(encoded.ids()).mapToObj(String::valueOf).collect(Collectors.joining(" ")))
        .isEqualTo(ids);
    assertThat(encoded.tokens()).isEqualTo(text == null ? 0 : text.split(" ").length);
  }

  @ParameterizedTest
  @EnumSource(Truncation.class)
  void encode_everyLengthAndLimit_equalsTruncationOfTheWhole(Truncation truncation) {
    for (int limit = 1; limit <= 14; limit++) {
      int head =
          switch (truncation) {
            case KEEP_HEAD -> limit;
            case KEEP_TAIL -> 0;
            case KEEP_BOTH_ENDS -> limit / 4;
          };
      String all = "abcdefghijkl";
      String expected =
          all.length() <= limit
              ? all
              : all.substring(0, head) + all.substring(all.length() - (limit - head));
      assertThat(letters(encode(limit, truncation, ALPHABET))).isEqualTo(expected);
    }
  }

  @Test
  void encode_unknownTokens_areCountedBeforeTruncation() {
    EncodedText encoded = encode(2, Truncation.KEEP_HEAD, "a zebra b zoo zone");
    assertThat(encoded).isEqualTo(new EncodedText(new int[] {2, 1}, 5, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\t", ".,-()", "\u200B", "\uD800", "<br />"})
  void encode_textWithoutTokens_isUnknownAlone(String text) {
    assertThat(encode(4, Truncation.KEEP_BOTH_ENDS, text))
        .isEqualTo(new EncodedText(new int[] {Vocabulary.UNKNOWN}, 0, 0));
  }

  @ParameterizedTest
  @EnumSource(Truncation.class)
  void encode_megabyte_keepsTheLimit(Truncation truncation) {
    EncodedText encoded = encode(400, truncation, "a b c d ".repeat(125_000));
    assertThat(encoded.ids()).hasSize(400);
    assertThat(encoded.tokens()).isEqualTo(500_000);
    assertThat(encoded.unknown()).isZero();
  }

  @Test
  void encodedText_sameContent_isEqual() {
    EncodedText one = new EncodedText(new int[] {1, 2}, 2, 1);
    assertThat(one)
        .isEqualTo(new EncodedText(new int[] {1, 2}, 2, 1))
        .hasSameHashCodeAs(new EncodedText(new int[] {1, 2}, 2, 1))
        .isNotEqualTo(new EncodedText(new int[] {1, 3}, 2, 1))
        .hasToString("EncodedText[ids=[1, 2], tokens=2, unknown=1]");
  }

  @Test
  void spans_truncatedAndPadded_areOfTheTokensThatTheIdsAreOf() {
    for (Truncation truncation : Truncation.values()) {
      for (Padding padding : Padding.values()) {
        for (int limit = 1; limit <= 14; limit++) {
          TextSettings settings =
              new TextSettings(TokenizerKind.PROSE, 100, 1, limit, truncation, padding);
          Vocabulary vocabulary = Vocabulary.build(settings, List.of(ALPHABET));
          TextEncoder encoder = new TextEncoder(settings, vocabulary);
          int[] ids = encoder.encode(ALPHABET).ids();
          List<TokenSpan> spans = encoder.spans(ALPHABET);

          assertThat(spans).hasSize(ids.length);
          for (int i = 0; i < ids.length; i++) {
            TokenSpan span = spans.get(i);
            assertThat(vocabulary.id(ALPHABET.substring(span.start(), span.end())))
                .isEqualTo(span.isEmpty() ? Vocabulary.UNKNOWN : ids[i]);
            assertThat(span.isEmpty()).isEqualTo(ids[i] == Vocabulary.PADDING);
          }
        }
      }
    }
  }

  @Test
  void spans_ofATextWithoutTokens_areAsManyAsIds() {
    for (Padding padding : Padding.values()) {
      TextSettings settings =
          new TextSettings(TokenizerKind.PROSE, 100, 1, 5, Truncation.KEEP_TAIL, padding);
      TextEncoder encoder =
          new TextEncoder(settings, Vocabulary.build(settings, List.of(ALPHABET)));

      assertThat(encoder.spans(" "))
          .hasSize(encoder.encode(" ").ids().length)
          .allMatch(TokenSpan::isEmpty);
    }
  }
}
