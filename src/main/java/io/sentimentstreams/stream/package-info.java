/** The Kafka Streams application: settings, topology, processors, runner. */
@NullMarked
package io.sentimentstreams.stream;

import org.jspecify.annotations.NullMarked;
