package io.sentimentstreams.model;

import java.util.Arrays;

/** What every backend checks and takes of a call, with the same messages. */
final class BackendChecks {
  private BackendChecks() {}

  /**
   * Checks the ids of a call: one that is out of range would read memory that is not a table's.
   *
   * @param tokenIds {@code [batch][time]}
   * @throws IllegalArgumentException for a text without ids, or an id outside of the vocabulary
   */
  static void requireIds(int[][] tokenIds, int vocabularySize) {
    for (int row = 0; row < tokenIds.length; row++) {
      requireIds(row, tokenIds[row], vocabularySize);
    }
  }

  private static void requireIds(int row, int[] ids, int vocabularySize) {
    if (ids.length == 0) {
      throw new IllegalArgumentException("text %d has no token id".formatted(row));
    }
    for (int id : ids) {
      if (id < 0 || id >= vocabularySize) {
        throw new IllegalArgumentException(
            "text %d has the token id %d, but the vocabulary has %d"
                .formatted(row, id, vocabularySize));
      }
    }
  }

  /** Tokens of each text. */
  static int[] lengths(int[][] tokenIds) {
    return Arrays.stream(tokenIds).mapToInt(ids -> ids.length).toArray();
  }

  /**
   * The same probabilities of one text.
   *
   * @throws InferenceException where one is no number
   */
  static float[] requireFinite(float[] probabilities) {
    for (float probability : probabilities) {
      if (!Float.isFinite(probability)) {
        throw new InferenceException(
            "the network gave %s as probabilities".formatted(Arrays.toString(probabilities)));
      }
    }
    return probabilities;
  }
}
