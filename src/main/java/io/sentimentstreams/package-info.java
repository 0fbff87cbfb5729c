/** A streaming sentiment classifier on Apache Kafka; see the README for the map of the packages. */
@NullMarked
package io.sentimentstreams;

import org.jspecify.annotations.NullMarked;
