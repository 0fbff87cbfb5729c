package io.sentimentstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TextMixtureTest {
  private static final List<String> TEXTS =
      List.of("the early flight was on time", "late again and nobody says why", "thanks");

  @Test
  void texts_mixed_haveTheLengthsAndWordsOfTheGivenOnes() {
    List<String> words = List.of(String.join(" ", TEXTS).split(" "));

    assertThat(mixed(7, 200))
        .allSatisfy(
            text -> {
              assertThat(text.split(" ").length).isIn(1, 6);
              assertThat(words).contains(text.split(" "));
            });
  }

  @Test
  void texts_mixed_seldomRepeat() {
    List<String> longer = mixed(7, 300).stream().filter(text -> text.contains(" ")).toList();

    assertThat(new HashSet<>(longer)).hasSizeGreaterThan(longer.size() / 2);
  }

  @Test
  void seed_theSame_givesTheSameTexts() {
    assertThat(mixed(7, 20)).isEqualTo(mixed(7, 20)).isNotEqualTo(mixed(8, 20));
  }

  private static List<String> mixed(long seed, int count) {
    return Stream.generate(new TextMixture(TEXTS, seed)::next).limit(count).toList();
  }
}
