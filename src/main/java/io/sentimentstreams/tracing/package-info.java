/** Spans of the work on frames, exported by OpenTelemetry's protocol. */
@NullMarked
package io.sentimentstreams.tracing;

import org.jspecify.annotations.NullMarked;
