package io.sentimentstreams.web;

import java.util.List;

/**
 * The answer to a probe.
 *
 * @param reasons what is wrong, or what is being waited for; empty where all is well
 */
public record Health(List<String> reasons) {
  public Health {
    reasons = List.copyOf(reasons);
  }

  /** All is well. */
  public static Health up() {
    return new Health(List.of());
  }

  /** Something is wrong. */
  public static Health down(String reason) {
    return new Health(List.of(reason));
  }

  /** Whether all is well. */
  public boolean isUp() {
    return reasons.isEmpty();
  }
}
