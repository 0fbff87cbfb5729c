/** Windowed aggregates of labelled events, their alerts and their sense of time; no Kafka. */
@NullMarked
package io.sentimentstreams.trend;

import org.jspecify.annotations.NullMarked;
