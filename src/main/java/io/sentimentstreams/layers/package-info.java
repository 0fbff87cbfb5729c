/**
 * Layers for Deeplearning4j's networks that are exact under masks and faster than its own, on the
 * CPU in single precision. Sequences are {@code [batch, features, time]} as everywhere in
 * Deeplearning4j; these layers keep them in memory as {@code [time, batch, features]} ({@link
 * io.sentimentstreams.layers.Sequences}) and read any other order too.
 */
@NullMarked
package io.sentimentstreams.layers;

import org.jspecify.annotations.NullMarked;
