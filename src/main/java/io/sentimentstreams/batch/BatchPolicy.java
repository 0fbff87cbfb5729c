package io.sentimentstreams.batch;

import io.sentimentstreams.InvalidInputException;

/**
 * When a micro-batch is full: as soon as one more row would pass either limit.
 *
 * @param maximumRows rows of a frame, at least 1
 * @param maximumBytes bytes of the rows' keys, values and headers, at least 1; a larger row travels
 *     alone
 */
public record BatchPolicy(int maximumRows, int maximumBytes) {
  public BatchPolicy {
    requirePositive("maximumRows", maximumRows);
    requirePositive("maximumBytes", maximumBytes);
  }

  private static void requirePositive(String field, int value) {
    if (value < 1) {
      throw new InvalidInputException(
          "batch.%s: %d, but a whole number of 1 or more is needed".formatted(field, value));
    }
  }
}
