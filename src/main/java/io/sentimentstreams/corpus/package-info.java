/** Labelled text: readers of the known layouts and of any table, and splits that do not leak. */
@NullMarked
package io.sentimentstreams.corpus;

import org.jspecify.annotations.NullMarked;
