/** Whether every event has one outcome, and in order: what the topics themselves say. */
@NullMarked
package io.sentimentstreams.audit;

import org.jspecify.annotations.NullMarked;
