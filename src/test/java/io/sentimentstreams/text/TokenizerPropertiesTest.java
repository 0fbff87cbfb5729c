package io.sentimentstreams.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TokenizerPropertiesTest {
  /** Chars that the scanner treats specially, next to any others. */
  private static final String SPECIAL =
      "aAnNtTsShHwWxXoO019@#:;=<>()[]{}/\\*^_-.,!?'\"`&%$ \n\u0085\u2028\u200B\u200D\uFE0F\u20E3"
          + "\u0301\u2019\u2026\u30C4\u00AF\u4F60\u3042\u0E2A\uFF01\uFDFA\u037A\u3164\u2764";

  private static final List<String> PIECES =
      List.of(
          "http://",
          "https://t.co/",
          "www.",
          ".com",
          "&amp;",
          "&lt;",
          "&#39;",
          "&#x1F602;",
          "n't",
          "dont",
          "<br />",
          "RT @x:",
          ":)",
          "<3",
          "8/10",
          "\uD83D\uDE02",
          "\uD83C\uDFFD",
          "\uD83C\uDDEC",
          "\uD83D\uDC68\u200D",
          "\uD835\uDCD7");

  @Provide
  static Arbitrary<String> texts() {
    Arbitrary<String> any = Arbitraries.chars().all().map(String::valueOf);
    Arbitrary<String> special =
        Arbitraries.chars().with(SPECIAL.toCharArray()).map(String::valueOf);
    Arbitrary<String> supplementary =
        Arbitraries.integers().between(0x10000, 0x10FFFF).map(Character::toString);
    Arbitrary<String> piece = Arbitraries.of(PIECES);
    return Arbitraries.oneOf(any, special, special, supplementary, piece)
        .list()
        .ofMaxSize(60)
        .map(parts -> String.join("", parts));
  }

  @Property
  void token_anyText_isWellFormed(@ForAll("texts") String text, @ForAll TokenizerKind kind) {
    for (Tokens token : Tokens.of(Tokenizer.of(kind), text)) {
      String value = token.token();
      assertThat(value).isNotEmpty();
      assertThat(value.codePoints().noneMatch(Characters::isSpace)).isTrue();
      assertThat(value.codePoints().noneMatch(Character::isISOControl)).isTrue();
      assertThat(value.codePointCount(0, value.length()))
          .isLessThanOrEqualTo(Tokenizer.MAXIMUM_CODE_POINTS);
      assertThat(new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
          .isEqualTo(value);
    }
  }

  @Property
  void range_anyText_ascendsWithoutOverlapOrCutCodePoint(
      @ForAll("texts") String text, @ForAll TokenizerKind kind) {
    Tokens previous = new Tokens("", 0, 0);
    for (Tokens token : Tokens.of(Tokenizer.of(kind), text)) {
      if (isMarker(token)) {
        assertThat(token).isEqualTo(new Tokens(token.token(), previous.start(), previous.end()));
      } else {
        assertThat(token.start()).isGreaterThanOrEqualTo(previous.end()).isLessThan(token.end());
      }
      assertThat(token.end()).isLessThanOrEqualTo(text.length());
      assertThat(cutsCodePoint(text, token.start()) || cutsCodePoint(text, token.end())).isFalse();
      previous = token;
    }
  }

  private static boolean isMarker(Tokens token) {
    return token.token().equals(Emitter.ELONGATED) || token.token().equals(Emitter.SHOUTED);
  }

  private static boolean cutsCodePoint(String text, int offset) {
    return offset > 0
        && offset < text.length()
        && Character.isSurrogatePair(text.charAt(offset - 1), text.charAt(offset));
  }

  @Property(tries = 50)
  void tokens_severalThreads_areTheSame(@ForAll("texts") String text, @ForAll TokenizerKind kind)
      throws Exception {
    Tokenizer tokenizer = Tokenizer.of(kind);
    List<Tokens> expected = Tokens.of(tokenizer, text);
    Callable<List<Tokens>> again = () -> Tokens.of(tokenizer, CharBuffer.wrap(text));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<List<Tokens>> result :
          threads.invokeAll(Stream.generate(() -> again).limit(8).toList())) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Property
  void normalised_anyText_staysTheSameUnderItsInvariances(@ForAll("texts") String text) {
    String normalised = Texts.normalised(text);
    assertThat(normalised).doesNotContain("  ").isEqualTo(normalised.strip());
    assertThat(Texts.normalised("RT @some_one: " + text)).isEqualTo(normalised);
    assertThat(Texts.normalised("  " + text + " \n!")).isEqualTo(normalised);
  }

  @Property
  void encode_anyText_keepsItsBounds(@ForAll("texts") String text, @ForAll Truncation truncation) {
    TextSettings settings = new TextSettings(TokenizerKind.SOCIAL, 50, 1, 7, truncation);
    Vocabulary vocabulary = Vocabulary.build(settings, List.of(text));
    EncodedText encoded = new TextEncoder(settings, vocabulary).encode(text);
    int tokens = Tokens.of(Tokenizer.of(TokenizerKind.SOCIAL), text).size();
    assertThat(encoded.tokens()).isEqualTo(tokens);
    assertThat(encoded.ids()).hasSize(Math.max(1, Math.min(7, tokens)));
    assertThat(encoded.unknown()).isBetween(0, tokens);
  }
}
