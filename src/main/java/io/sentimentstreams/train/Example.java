package io.sentimentstreams.train;

/**
 * A text as a network learns from it.
 *
 * @param ids {@code [time]}, at least one; not to be written to
 * @param label index among the model's labels
 */
// An array: examples are never compared.
@SuppressWarnings("ArrayRecordComponent")
record Example(int[] ids, int label) {}
