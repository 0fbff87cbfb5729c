package io.sentimentstreams.chaos;

import java.time.Duration;

/**
 * A fault of a plan.
 *
 * @param at when it begins, from the start of the load
 * @param target number of the instance or of the broker, from 0; 0 where it is of the models.
 *     Additional instances have the numbers behind those that are there from the start.
 * @param lasts until the process goes on or is started anew
 */
record Fault(Duration at, FaultKind kind, int target, Duration lasts) {
  Duration end() {
    return at.plus(lasts);
  }
}
