package io.sentimentstreams.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnescapeTest {
  @ParameterizedTest
  @CsvSource({
    "don\\u2019t, don’t",
    "\\u002c, ','",
    "\\ud83d\\ude00!, 😀!",
    "&amp;, &",
    "&amp;amp;, &",
    "&amp;amp;amp;, &amp;",
    "&lt;3, <3",
    "&#128512;, 😀",
    "&#150;, –",
    "&eacute;&hearts;, é♥",
  })
  void unescape_escapes_areResolved(String escaped, String text) {
    assertThat(Unescape.unescape(escaped)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "\\ud83d alone", "\\ude00 alone", "\\u12 and \\users", "\\u0000", "&#0;", "&#55357;",
    "&#1114112;", "&#9999999;", "&unknown;", "AT&T; R & D", "&;", "&#;",
  })
  void unescape_noEscapes_stayAsTheyAre(String text) {
    assertThat(Unescape.unescape(text)).isEqualTo(text);
  }

  @Test
  void unescape_quotes_areResolved() {
    assertThat(Unescape.unescape("&#39;&#x27;&apos;&quot;")).isEqualTo("'''\"");
  }

  @Test
  void withoutC1_dashReadAsControl_isTheDash() {
    assertThat(Unescape.withoutC1(0x96)).isEqualTo('–');
    assertThat(Unescape.withoutC1(0x81)).isEqualTo(0x81);
    assertThat(Unescape.withoutC1('a')).isEqualTo('a');
  }

  @Property
  void unescape_anyText_neverFails(@ForAll("escapeLike") String text) {
    assertThatCode(() -> Unescape.unescape(text)).doesNotThrowAnyException();
  }

  @Provide
  Arbitrary<String> escapeLike() {
    Arbitrary<String> pieces =
        Arbitraries.of("&", "#", "x", ";", "\\u", "d83d", "de00", "0", "9", "f", "amp", "lt", "$1");
    return Arbitraries.oneOf(pieces, Arbitraries.strings().ofMaxLength(3))
        .list()
        .ofMaxSize(20)
        .map(list -> String.join("", list));
  }
}
