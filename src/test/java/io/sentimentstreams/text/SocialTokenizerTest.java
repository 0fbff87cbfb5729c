package io.sentimentstreams.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocialTokenizerTest {
  private static void assertTokens(String text, String tokens) {
    assertThat(Tokens.line(TokenizerKind.SOCIAL, text)).isEqualTo(tokens);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '§',
      value = {
        "@skyhop my bag is STILL in Oslo, day 3... => <user> my bag is still <allcaps> in oslo day 3 ...",
        "Thanks @skyhop for the upgrade!!! You made my day :-) => thanks <user> for the upgrade !! you made my day :)",
        "RT @ana_b: best crew EVER #LoveThem http://t.co/x1Y2z => rt <user> : best crew ever <allcaps> # love them <url>",
        "so the gate changed 4 times?! #fail #WorstDay2015 => so the gate changed 4 times ?! # fail # worst day <number>",
        "2 hrs on hold at 10:30am, $400 fee, 50% off => 2 hrs on hold at <number> am $ <number> fee <number> % off",
        "flight UA1234 to JFK, call 800-555-0199 => flight ua <number> to jfk <allcaps> call <number>",
        "gr8 seats b4 noon, see u 2nite => gr8 seats b4 noon see u 2 nite",
        "this is sh*t. f**k, f***ing *so* **bad** => this is sh*t f**k f**ing so bad",
        "US win 27-24 on 5/25 => us win <number> on <number>",
        "rain &amp; wind &gt; sun? a&b => rain and wind sun ? a and b"
      })
  void tweet_realistic_isCutAsDocumented(String text, String tokens) {
    assertTokens(text, tokens);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '§',
      value = {
        "I can't, won't, shan't => i can n't will n't shall n't",
        "don’t didn`t isn´t don&#39;t doesn&amp;#39;t => do n't did n't is n't do n't does n't",
        "dont cant didnt DIDNT => do n't can n't did n't did n't <allcaps>",
        "shouldn't've => should n't 've",
        "it's they're we've I'd you'll I'm => it 's they 're we 've i 'd you 'll i 'm",
        "y'all o'clock rock'n'roll => y'all o'clock rock'n'roll",
        "'quoted' 'cause dogs' => quoted cause dogs",
        "n't @bob's => n't <user> 's"
      })
  void apostrophe_eachUse_isPartedOrKept(String text, String tokens) {
    assertTokens(text, tokens);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '§',
      value = {
        ":) :-) =) :] (: => :) :) :) :) :)",
        ":( :-( =( ): >:( => :( :( :( :( >:(",
        ":D :-D xD XD =d => :D :D :D :D :D",
        ";) ;-) ;D => ;) ;) ;)",
        ":'( :'-( :') => :'( :'( :')",
        "<3 &lt;3 </3 <3333 => <3 <3 </3 <3 <elong>",
        "^_^ ^^ -_- T_T >_< o_O \\o/ => ^_^ ^_^ -_- T_T >_< o_O \\o/",
        ":P :/ :\\ :| :* :o => :P :/ :/ :| :* :o",
        "great:)))) => great :) <elong>",
        "¯\\_(ツ)_/¯ => ¯\\_(ツ)_/¯",
        "note (see below): at 10:30 (or 8) a:pple => note see below : at <number> or 8 a : pple"
      })
  void emoticon_eachForm_becomesCanonical(String text, String tokens) {
    assertTokens(text, tokens);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '§',
      value = {
        "\uD83D\uDE02 ok => \uD83D\uDE02 ok",
        "\uD83D\uDE02\uD83D\uDE02\uD83D\uDE02 => \uD83D\uDE02 <elong>",
        "\uD83D\uDC4D\uD83C\uDFFD\uD83D\uDC4D => \uD83D\uDC4D <elong>",
        "\u2764\uFE0F\u2764 => \u2764 <elong>",
        "\uD83C\uDDEC\uD83C\uDDE7\uD83C\uDDFA\uD83C\uDDF8 => \uD83C\uDDEC\uD83C\uDDE7 \uD83C\uDDFA\uD83C\uDDF8",
        "1\uFE0F\u20E3#\uFE0F\u20E3*\u20E3 => 1\u20E3 #\u20E3 *\u20E3",
        "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67! => \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 !",
        "\uD83E\uDD37\uD83C\uDFFD\u200D\u2640\uFE0F => \uD83E\uDD37\u200D\u2640",
        "&#128514; => \uD83D\uDE02",
        "love\uD83D\uDE0Dit => love \uD83D\uDE0D it"
      })
  void emoji_eachSequence_isOneToken(String text, String tokens) {
    assertTokens(text, tokens);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '§',
      value = {
        "soooo goood => soo <elong> good <elong>",
        "NOOOOO => noo <elong> <allcaps>",
        "hahahahaha hahaha haha => haha <elong> haha <elong> haha",
        "www III mmm => www iii <allcaps> mmm",
        "! !! !!!! ? ?? !? ?!?! => ! !! !! ? ?? ?! ?!",
        "\u203C \u2049 \uFF01\uFF1F => !! ?! ?!",
        ". .. ... \u2026 .\u2026 => ... ... ... ..."
      })
  void repetition_eachKind_isShortened(String text, String tokens) {
    assertTokens(text, tokens);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '§',
      value = {
        "see http://t.co/aB1, HTTPS://x.y/z?a=1&b=2! => see <url> <url> !",
        "www.example.org. booking.com t.co/x now.me => <url> <url> <url> now me",
        "soonhttp://t.co/x http://t.co/y:) => soon <url> <url> :)",
        "@a @b_c1 @ me hi@bob => <user> <user> me hi <user>",
        "awww.that hurts => aww <elong> that hurts"
      })
  void addressAndName_eachForm_becomeOneToken(String text, String tokens) {
    assertTokens(text, tokens);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '§',
      value = {
        "#USAirwaysFail #iOS #not_ok #2015 # => # us airways fail # i os # not ok # <number>",
        "#CAPS #don't => # caps <allcaps> # do n't"
      })
  void hashtag_camelCase_isPartedIntoWords(String text, String tokens) {
    assertTokens(text, tokens);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '§',
      value = {
        "Привет МИР => привет мир <allcaps>",
        "你好,世界 => 你 好 世 界",
        "すごい カメラ => す ご い カメラ",
        "สวัสดี => ส วั ส ดี",
        "안녕 नमस्ते مرحبا => 안녕 नमस्ते مرحبا",
        "ＡＢ１ ｶﾞ ﬁne => ab1 ガ fine",
        "cafe\u0301 café => café café",
        "\uD835\uDCD7\uD835\uDCEE => he",
        "٣ ٤٥ => 3 <number>"
      })
  void script_other_isCutAsItsWordsAre(String text, String tokens) {
    assertTokens(text, tokens);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '§',
      value = {
        "a\u0085b\u2028c\u3000d\u00A0e => a b c d e",
        "go\u200Bod ba\u00ADd \uFEFFok\u0000 => good bad ok",
        "x\uD800y \uDC00 => x y",
        "don\u0092t \u0093hi\u0094 => do n't \" hi \"",
        "<b>bold</b><br/>new 1<2 x <y => bold new 1 2 x y"
      })
  void character_withoutMeaning_isSpaceOrNothing(String text, String tokens) {
    assertTokens(text, tokens);
  }
}
