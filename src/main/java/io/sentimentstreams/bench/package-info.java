/**
 * Benchmarks: the networks alone on each backend, and the whole stream on a broker in the process.
 */
@NullMarked
package io.sentimentstreams.bench;

import org.jspecify.annotations.NullMarked;
