package io.sentimentstreams.chaos;

import java.time.Duration;

/**
 * A fault of a plan.
 *
 * @param at when it begins, from the start of the load
 * @param instance number of the instance; 0 for the broker
 * @param lasts until the process goes on or is started anew
 */
record Fault(Duration at, FaultKind kind, int instance, Duration lasts) {
  Duration end() {
    return at.plus(lasts);
  }
}
