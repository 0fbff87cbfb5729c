package io.sentimentstreams.model;

import io.sentimentstreams.text.EncodedText;
import io.sentimentstreams.text.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What changes in the odds of two labels when a token is replaced by the unknown one (Zeiler,
 * Fergus 2014, Visualizing and Understanding Convolutional Networks, section 4.2, there patches of
 * a picture). Works for every network. Unknown tokens and padding have no share.
 *
 * <p>A text costs a row a token, and at most {@value #ROWS}: of a longer text, as many tokens
 * beside each other as are needed for that are replaced together, and share what comes of it
 * equally.
 */
final class OcclusionShares {
  /** Most rows of a call. */
  static final int ROWS = 128;

  private OcclusionShares() {}

  /** Gives the log-odds of rows in one call. */
  @FunctionalInterface
  interface LogOdds {
    /** {@code [rows]}, in their order. */
    double[] of(List<EncodedText> rows);
  }

  /**
   * The shares of a text's tokens, {@code [time]}.
   *
   * @param whole the log-odds of the text as it is
   * @param logOdds of other texts; called once, or not at all where no token is known
   */
  static double[] of(EncodedText text, double whole, LogOdds logOdds) {
    double[] shares = new double[text.ids().length];
    List<int[]> groups = groups(text.ids());
    if (groups.isEmpty()) {
      return shares;
    }
    double[] without = logOdds.of(groups.stream().map(group -> without(text, group)).toList());
    for (int i = 0; i < without.length; i++) {
      for (int position : groups.get(i)) {
        shares[position] = (whole - without[i]) / groups.get(i).length;
      }
    }
    return shares;
  }

  /** The positions that are replaced together. */
  private static List<int[]> groups(int[] ids) {
    int[] known = IntStream.range(0, ids.length).filter(i -> ids[i] > Vocabulary.UNKNOWN).toArray();
    int size = (known.length + ROWS - 1) / ROWS;
    List<int[]> groups = new ArrayList<>();
    for (int from = 0; from < known.length; from += size) {
      groups.add(Arrays.copyOfRange(known, from, Math.min(from + size, known.length)));
    }
    return groups;
  }

  private static EncodedText without(EncodedText text, int[] positions) {
    int[] ids = text.ids().clone();
    for (int position : positions) {
      ids[position] = Vocabulary.UNKNOWN;
    }
    return new EncodedText(ids, text.tokens(), text.unknown() + positions.length);
  }
}
