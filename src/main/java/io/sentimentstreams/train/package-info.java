/** The offline trainer: training loop, evaluation, presets, report. */
@NullMarked
package io.sentimentstreams.train;

import org.jspecify.annotations.NullMarked;
