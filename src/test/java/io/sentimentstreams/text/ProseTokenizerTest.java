package io.sentimentstreams.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProseTokenizerTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '§',
      value = {
        "I'd give it 8/10.<br /><br />Don't miss it! => i 'd give it 8/10 do n't miss it !",
        "7.5/10, ***1/2 out of ***** => 7.5/10 *** 1/2 out of *****",
        "10 out of 10, 90 minutes, in 1950 => 10 out of 10 90 minutes in <number>",
        "on 12/24 or 2001/10 => on <number> or <number>",
        "NOT \"good\": bad; well... why?! => not \" good \" : bad ; well ... why ?!",
        "a well-made film -- truly (really) => a well made film truly really",
        "<i>Alien</i> < 3 &quot;x&quot; <A HREF=\"y\">z</A> => alien 3 \" x \" z",
        "sooooo boring #meh => soo <elong> boring meh"
      })
  void review_realistic_isCutAsDocumented(String text, String tokens) {
    assertThat(Tokens.line(TokenizerKind.PROSE, text)).isEqualTo(tokens);
  }
}
