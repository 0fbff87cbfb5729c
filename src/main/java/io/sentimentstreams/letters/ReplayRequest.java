package io.sentimentstreams.letters;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.DeadLetter;
import org.jspecify.annotations.Nullable;

/**
 * What is to be replayed, and how.
 *
 * @param filter which letters
 * @param to where their events go, null for the topics that they came from
 * @param limit most letters to replay
 * @param replaysBelow events that were replayed so often already are not sent again, 1 or more
 * @param now whether events get the time of the replay in place of their own
 * @param dryRun whether nothing is sent
 */
public record ReplayRequest(
    LetterFilter filter,
    @Nullable String to,
    long limit,
    int replaysBelow,
    boolean now,
    boolean dryRun) {
  public ReplayRequest {
    if (replaysBelow < 1) {
      throw new InvalidInputException(
          "--replays-below: %d, but must be at least 1".formatted(replaysBelow));
    }
  }

  /** Whether the letter's event was replayed less often than is enough. */
  boolean mayGoAgain(DeadLetter letter) {
    return ReplayCount.of(letter) < replaysBelow;
  }
}
