package io.sentimentstreams.train;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.corpus.ConfidenceCut;
import org.jspecify.annotations.Nullable;

/**
 * How a training file wants its data to be read and divided.
 *
 * @param validation share of the texts that chooses the best epoch
 * @param test share of the texts for the final measures only
 * @param confidence which rows to leave out, null for none
 */
public record DataSettings(double validation, double test, @Nullable ConfidenceCut confidence) {
  /** A tenth for validation, and all rows. */
  static final DataSettings DEFAULTS = new DataSettings(0.1, 0, null);

  public DataSettings {
    if (!(validation > 0 && test >= 0 && validation + test < 1)) {
      throw new InvalidInputException(
          "data: validation is %s and test %s, but they must be shares, the first above 0, together below 1"
              .formatted(validation, test));
    }
  }
}
