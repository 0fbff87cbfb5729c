package io.sentimentstreams.train;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How much of what a network reads the vectors of a file are for.
 *
 * @param file name of the file
 * @param sha256 hex digest of the file
 * @param coveredTokens tokens of the vocabulary that have a vector
 * @param vocabularyTokens tokens of the vocabulary, padding and unknown left out
 * @param coveredOccurrences tokens of the training texts, as far as the network reads these, that
 *     have a vector
 * @param occurrences tokens of the training texts, as far as the network reads these
 */
public record VectorCoverage(
    String file,
    String sha256,
    int coveredTokens,
    int vocabularyTokens,
    long coveredOccurrences,
    long occurrences) {
  /** Name of the file, in settings. */
  static final String FILE = "vectors";

  static final String VOCABULARY_SHARE = "vectorsVocabularyShare";
  static final String TOKEN_SHARE = "vectorsTokenShare";

  /** Share of the vocabulary that has a vector. */
  public double vocabularyShare() {
    return (double) coveredTokens / vocabularyTokens;
  }

  /** Share of the training texts' tokens that have a vector. */
  public double tokenShare() {
    return (double) coveredOccurrences / occurrences;
  }

  /** File and shares by names as of settings. */
  public Map<String, Object> describe() {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put(FILE, file);
    description.put("vectorsSha256", sha256);
    description.put(VOCABULARY_SHARE, rounded(vocabularyShare()));
    description.put(TOKEN_SHARE, rounded(tokenShare()));
    return description;
  }

  private static double rounded(double share) {
    return Math.round(share * 1e4) / 1e4;
  }

  /** A line for people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: vectors for %,d of the vocabulary's %,d tokens (%.1f%%), and for %.1f%% of the tokens"
            + " that the network reads in training; the others start from zeros",
        file,
        coveredTokens,
        vocabularyTokens,
        100 * vocabularyShare(),
        100 * tokenShare());
  }
}
