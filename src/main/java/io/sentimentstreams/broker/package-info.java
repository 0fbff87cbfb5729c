/** A real Kafka broker inside the process, for the demo and the tests. */
@NullMarked
package io.sentimentstreams.broker;

import org.jspecify.annotations.NullMarked;
