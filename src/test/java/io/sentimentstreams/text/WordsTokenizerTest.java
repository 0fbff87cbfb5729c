package io.sentimentstreams.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTokenizerTest {
  private static final Tokenizer WORDS = Tokenizer.of(TokenizerKind.WORDS);

  /**
   * {@code DEFAULT_STRIP_REGEX} of Keras 2.13, keras/layers/preprocessing/text_vectorization.py.
   */
  private static final String STRIPPED = "[!\"#$%&()\\*\\+,-\\./:;<=>?@\\[\\\\\\]^_`{|}~\\']";

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '§',
      value = {
        "Don't MISS it, it's great! => dont miss it its great",
        "a well-made film -- truly (really) => a wellmade film truly really",
        "Good.<br /><br />Next => goodbr br next",
        "@VirginAmerica #fail :-( 8/10 50% => virginamerica fail 810 50",
        "a_b {x} ~[y] ^z| `q` $5+5=10; => ab x y z q 5510",
        "na\u00EFve CAF\u00C9 \u201Cso\u201D \uD83D\uDE02 => na\u00EFve caf\u00E9 \u201Cso\u201D \uD83D\uDE02",
        "soooo &amp; http://t.co/Ab1 => soooo amp httptcoab1"
      })
  void text_realistic_isCutAsKerasDoes(String text, String tokens) {
    assertThat(Tokens.line(TokenizerKind.WORDS, text)).isEqualTo(tokens);
  }

  @Test
  void text_whiteSpaceAndControlsOfAnyKind_partWordsOrAreLeftOut() {
    assertThat(Tokens.line(TokenizerKind.WORDS, "C:\\d\ttwo\n\nthree\u00A0four\u2028five"))
        .isEqualTo("cd two three four five");
    assertThat(Tokens.line(TokenizerKind.WORDS, "a\u0000b\u0085c \uD800d")).isEqualTo("ab c d");
  }

  @Test
  void ranges_ofWords_spanTheirSource() {
    assertThat(Tokens.of(WORDS, " 'Tis -- don't! "))
        .containsExactly(new Tokens("tis", 2, 5), new Tokens("dont", 9, 14));
  }

  @Provide
  static Arbitrary<String> asciiTexts() {
    return Arbitraries.strings().withCharRange(' ', '~').withChars("\t\n\r'- ").ofMaxLength(80);
  }

  /** Keras' own steps, one after the other on the whole text. */
  @Property
  void tokens_asciiText_areThoseOfKerasSteps(@ForAll("asciiTexts") String text) {
    String stripped = text.toLowerCase(Locale.ROOT).replaceAll(STRIPPED, "").strip();
    List<String> expected =
        stripped.isEmpty() ? List.of() : Arrays.asList(stripped.split("[ \t\n\r]+"));

    assertThat(Tokens.of(WORDS, text)).extracting(Tokens::token).isEqualTo(expected);
  }

  @Property
  void tokens_joinedAndCutAgain_areTheSame(@ForAll String text) {
    String line = Tokens.line(TokenizerKind.WORDS, text);

    assertThat(Tokens.line(TokenizerKind.WORDS, line)).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {"a => 1", "' => 0", "§a § => 500000", "<a> => 1"},
      quoteCharacter = '§')
  void tokenize_millionChars_givesTheExpectedNumberOfTokens(String pattern, int tokens) {
    int[] count = new int[1];

    WORDS.tokenize(pattern.repeat(1_000_000 / pattern.length()), (token, start, end) -> count[0]++);

    assertThat(count[0]).isEqualTo(tokens);
  }
}
