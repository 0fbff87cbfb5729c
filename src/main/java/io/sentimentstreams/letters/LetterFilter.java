package io.sentimentstreams.letters;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.DeadLetter;
import io.sentimentstreams.event.RejectionReason;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which letters are meant. An empty set, or null, means all.
 *
 * @param reasons why their events are dead
 * @param routes that their events were on
 * @param topics that their events came from
 * @param since earliest time of their events
 * @param until time before which their events are
 */
public record LetterFilter(
    Set<RejectionReason> reasons,
    Set<String> routes,
    Set<String> topics,
    @Nullable Instant since,
    @Nullable Instant until) {
  /** All letters. */
  public static final LetterFilter ALL = new LetterFilter(Set.of(), Set.of(), Set.of(), null, null);

  public LetterFilter {
    reasons = Set.copyOf(reasons);
    routes = Set.copyOf(routes);
    topics = Set.copyOf(topics);
    if (since != null && until != null && !since.isBefore(until)) {
      throw new InvalidInputException(
          "--since %s is not before --until %s, so that no letter could be meant"
              .formatted(since, until));
    }
  }

  /** Whether the letter is meant. An event without a time is at no time. */
  public boolean matches(DeadLetter letter) {
    return within(reasons, letter.reason())
        && within(routes, letter.route())
        && within(topics, letter.source().topic())
        && isAtTheTime(letter.source().timestamp());
  }

  private static <T> boolean within(Set<T> wanted, T value) {
    return wanted.isEmpty() || wanted.contains(value);
  }

  private boolean isAtTheTime(long timestamp) {
    if (since == null && until == null) {
      return true;
    }
    return timestamp >= 0
        && (since == null || timestamp >= since.toEpochMilli())
        && (until == null || timestamp < until.toEpochMilli());
  }
}
