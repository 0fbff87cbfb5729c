package io.sentimentstreams.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts of a million chars made to be slow; a quadratic scanner would not finish these. */
class HostileTextTest {
  private static final int CHARS = 1_000_000;

  private static String repeated(String pattern) {
    return pattern.repeat(CHARS / pattern.length());
  }

  private static int count(String text) {
    int[] count = new int[1];
    Tokenizer.of(TokenizerKind.SOCIAL).tokenize(text, (token, start, end) -> count[0]++);
    return count[0];
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '§',
      value = {
        "@ => 0",
        "! => 1",
        ": => 1000000",
        "a => 2",
        "ab => 2",
        "7 => 1",
        ". => 1",
        "* => 0",
        "# => 0",
        "& => 1000000",
        "< => 0",
        "\u200B => 0",
        "\u0301 => 0",
        ":( => 500000",
        "@a => 500000",
        "&amp; => 200000",
        "§<a § => 333333",
        "http:// => 1",
        "\uD83D\uDE02 => 2",
        "\uD83D\uDC68\u200D => 1",
        "\u4F60 => 1000000"
      })
  void tokenize_millionChars_givesTheExpectedNumberOfTokens(String pattern, int tokens) {
    assertThat(count(repeated(pattern))).isEqualTo(tokens);
  }

  @Test
  void tokenize_longWord_keepsItsStartAndItsWholeRange() {
    String text = repeated("abcdefghij");
    assertThat(Tokens.of(Tokenizer.of(TokenizerKind.PROSE), text))
        .containsExactly(new Tokens(text.substring(0, 64), 0, text.length()));
  }

  @Test
  void tokenize_longWordOfSupplementaryLetters_cutsBetweenCodePoints() {
    String text = "\uD801\uDC28\uD801\uDC29\uD801\uDC2A".repeat(100);
    assertThat(Tokens.of(Tokenizer.of(TokenizerKind.PROSE), text))
        .containsExactly(new Tokens(text.substring(0, 128), 0, text.length()));
  }

  @Test
  void normalised_millionChars_finishes() {
    assertThat(Texts.normalised(repeated("RT @a: "))).isEmpty();
  }
}
