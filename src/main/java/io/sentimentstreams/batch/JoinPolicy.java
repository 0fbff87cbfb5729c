package io.sentimentstreams.batch;

import io.sentimentstreams.InvalidInputException;
import java.time.Duration;

/**
 * How far calls of several threads are joined into one.
 *
 * @param maximumRows most rows of a joined call, at least 1; a call that has more goes alone
 * @param maximumWait how long a call may wait for others to join it, 0 to 10 s; while the function
 *     is busy with other calls they wait besides
 */
public record JoinPolicy(int maximumRows, Duration maximumWait) {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  public JoinPolicy {
    if (maximumRows < 1) {
      throw new InvalidInputException(
          "stage.maximumRows: %d, but a whole number of 1 or more is needed"
              .formatted(maximumRows));
    }
    if (maximumWait.isNegative() || maximumWait.compareTo(LONGEST_WAIT) > 0) {
      throw new InvalidInputException(
          "stage.maximumWait: %s, but 0s to 10s is needed".formatted(maximumWait));
    }
  }
}
