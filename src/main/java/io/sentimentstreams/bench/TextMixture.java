package io.sentimentstreams.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/**
 * Any number of texts like some given ones: each is one of them, of as many words, with about every
 * fourth word replaced by another word of theirs. So lengths and words are real, and hardly a text
 * occurs twice. Seeded.
 */
public final class TextMixture {
  private static final double REPLACED_SHARE = 0.25;

  private final List<String[]> texts;
  private final List<String> words;
  private final Random random;

  /**
   * @param texts at least one, each with at least one word
   */
  public TextMixture(List<String> texts, long seed) {
    this.texts = texts.stream().map(text -> text.strip().split("\\s+")).toList();
    this.words = this.texts.stream().flatMap(Arrays::stream).toList();
    this.random = new Random(seed);
  }

  /** The next text. */
  public String next() {
    StringJoiner text = new StringJoiner(" ");
    for (String word : texts.get(random.nextInt(texts.size()))) {
      boolean replaced = random.nextDouble() < REPLACED_SHARE;
      text.add(replaced ? words.get(random.nextInt(words.size())) : word);
    }
    return text.toString();
  }
}
