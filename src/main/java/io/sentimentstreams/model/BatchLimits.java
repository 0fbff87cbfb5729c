package io.sentimentstreams.model;

/**
 * Limits of a padded batch, which bound its memory whatever a caller sends: about 4 KB a token and
 * hundred features.
 *
 * @param rows most texts
 * @param tokens most tokens, padding included; a longer text is a batch of its own
 * @param overheadRows texts that a time step's fixed work costs as much as, see {@link
 *     LengthBuckets}
 */
record BatchLimits(int rows, int tokens, int overheadRows) {}
