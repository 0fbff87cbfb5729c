package io.sentimentstreams.chaos;

/**
 * What became of the labelled events that have a group, by the windows that were told.
 *
 * @param windows that were told
 * @param counted events in them
 * @param late events that were sent long after their time and are in no window
 * @param missing other events that are in no window
 * @param surplus events in windows that nothing was labelled for
 * @param toldAgain windows that were told before
 */
public record TrendReport(
    long windows, long counted, long late, long missing, long surplus, long toldAgain) {
  /** Whether the windows are what adding up the labelled events gives. */
  public boolean isExact() {
    return counted > 0 && missing == 0 && surplus == 0 && toldAgain == 0;
  }
}
