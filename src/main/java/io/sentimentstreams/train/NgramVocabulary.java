package io.sentimentstreams.train;

import io.sentimentstreams.text.TextCounts;
import io.sentimentstreams.text.Tokenizer;
import java.util.Arrays;
import java.util.List;

/**
 * The n-grams of one to three tokens that occur in at least two training texts, numbered.
 *
 * <p>An n-gram is known by a 64-bit hash of its tokens: among ten million of them the chance that
 * any two share one is about 3 in a million.
 */
final class NgramVocabulary {
  private static final int LONGEST = 3;
  private static final int LEAST_TEXTS = 2;

  private final Tokenizer tokenizer;
  private final long[] known; // sorted hashes; the index is the number

  private NgramVocabulary(Tokenizer tokenizer, long[] known) {
    this.tokenizer = tokenizer;
    this.known = known;
  }

  /** The n-grams of these texts. */
  static NgramVocabulary of(Tokenizer tokenizer, List<String> texts) {
    TextCounts counts = new TextCounts();
    for (String text : texts) {
      counts.add(hashes(tokenizer, text));
    }
    return new NgramVocabulary(tokenizer, counts.ofAtLeast(LEAST_TEXTS));
  }

  int size() {
    return known.length;
  }

  /** The numbers of a text's n-grams, each once, ascending. */
  int[] numbers(String text) {
    return Arrays.stream(distinct(hashes(tokenizer, text)))
        .mapToInt(hash -> Arrays.binarySearch(known, hash))
        .filter(number -> number >= 0)
        .toArray();
  }

  private static long[] distinct(long[] hashes) {
    return Arrays.stream(hashes).sorted().distinct().toArray();
  }

  private static long[] hashes(Tokenizer tokenizer, String text) {
    Longs tokens = new Longs();
    tokenizer.tokenize(text, (token, start, end) -> tokens.add(hash(token)));
    long[] words = tokens.values();
    Longs ngrams = new Longs();
    for (int first = 0; first < words.length; first++) {
      long hash = 0;
      for (int last = first; last < Math.min(first + LONGEST, words.length); last++) {
        hash = mix(hash + words[last]);
        ngrams.add(hash);
      }
    }
    return ngrams.values();
  }

  private static long hash(CharSequence token) {
    long hash = 1;
    for (int i = 0; i < token.length(); i++) {
      hash = mix(hash + token.charAt(i));
    }
    return hash;
  }

  /** The finalizer of SplitMix64 (Steele et al. 2014): one-to-one, each bit depends on each. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** A growing array. */
  private static final class Longs {
    private long[] values = new long[64];
    private int size;

    void add(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, Math.multiplyExact(size, 2));
      }
      values[size++] = value;
    }

    long[] values() {
      return Arrays.copyOf(values, size);
    }
  }
}
