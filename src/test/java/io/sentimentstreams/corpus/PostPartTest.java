package io.sentimentstreams.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostPartTest {
  private static final String POST =
      """
      From: ann@example.org (Ann)
      Subject: Re: Brakes

      bob@example.org (Bob) writes:
      > Mine squeal.

      So did mine.

      New pads helped.
      --
      Ann, of the old car
      """;

  @Test
  void headers_endAtTheFirstBlankLine() {
    assertThat(PostPart.HEADERS.strip("From: a\nSubject: b\n\nOne.\n\nTwo.\n"))
        .isEqualTo("One.\n\nTwo.\n");
    assertThat(PostPart.HEADERS.strip("From: a\r\n\r\nOne.\r\n")).isEqualTo("One.\r\n");
  }

  @Test
  void headers_withoutABlankLine_areAll() {
    assertThat(PostPart.HEADERS.strip("From: a\nSubject: b\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--", "   ", " ---------- "})
  void footer_afterABlankOrDashedLine_isLeftOut(String line) {
    assertThat(PostPart.FOOTERS.strip("\nOne.\n\nTwo.\n" + line + "\nAnn\nof old\n\n \n"))
        .isEqualTo("One.\n\nTwo.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"One.\nTwo.\n", "\n\nOne.\n\n", "-- a\n*--*\n", ""})
  void footer_thatIsNotThere_leavesThePostAsItIs(String post) {
    assertThat(PostPart.FOOTERS.strip(post)).isEqualTo(post);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "> quoted",
        "| quoted",
        "In article <1@a> b@c:",
        "Quoted from b@c:",
        "b@c writes:",
        "b@c writes in <1@a>",
        "Bob wrote:",
        "Bob says:",
        "Bob said: so"
      })
  void quotes_andTheirIntroductions_areLeftOut(String line) {
    assertThat(PostPart.QUOTES.strip("One.\n" + line + "\nTwo.")).isEqualTo("One.\nTwo.");
  }

  @ParameterizedTest
  @ValueSource(strings = {" > indented", "a > b", "a | b", "See In article 5", "He wrote it"})
  void quotes_linesThatAreNone_stay(String line) {
    assertThat(PostPart.QUOTES.strip("One.\n" + line)).isEqualTo("One.\n" + line);
  }

  @Test
  void strip_allParts_leavesWhatThePosterSays() {
    assertThat(PostPart.strip(POST, EnumSet.allOf(PostPart.class)).strip())
        .isEqualTo("So did mine.\n\nNew pads helped.");
  }

  @Test
  void strip_someParts_leavesTheOthers() {
    assertThat(PostPart.strip(POST, Set.of(PostPart.QUOTES, PostPart.HEADERS)))
        .isEqualTo("\nSo did mine.\n\nNew pads helped.\n--\nAnn, of the old car\n");
    assertThat(PostPart.strip(POST, Set.of())).isEqualTo(POST);
  }
}
