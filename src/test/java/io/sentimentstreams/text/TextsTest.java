package io.sentimentstreams.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '§',
      value = {
        "RT @x: Great flight, @skyhop! http://t.co/a => GREAT flight @other... http://t.co/b",
        "RT @x: RT @y hello => hello",
        "It’s   so\tgood!!! => it's so good",
        "#fail again => fail again",
        "a<br />b &amp; c => A b & c"
      })
  void normalised_sameMessage_isEqual(String text, String other) {
    assertThat(Texts.normalised(text)).isEqualTo(Texts.normalised(other)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "flight 12 late => flight 13 late",
        "nice :) => nice :(",
        "it is good => it isn't good",
        "ok 😂 => ok 😡"
      })
  void normalised_otherMessage_differs(String text, String other) {
    assertThat(Texts.normalised(text)).isNotEqualTo(Texts.normalised(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "RT @x: Cats & 12 dogs!! => cats and 12 dogs",
        "@you see http://t.co/1 => <user> see <url>"
      })
  void normalised_text_isItsWords(String text, String normalised) {
    assertThat(Texts.normalised(text)).isEqualTo(normalised);
  }
}
