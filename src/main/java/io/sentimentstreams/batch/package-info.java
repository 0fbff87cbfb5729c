/** The micro-batcher, pure: frames of rows, their wire form, isolation of a failing row. */
@NullMarked
package io.sentimentstreams.batch;

import org.jspecify.annotations.NullMarked;
