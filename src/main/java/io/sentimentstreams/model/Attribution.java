package io.sentimentstreams.model;

/**
 * What each token id of a text does for one label against another, in log-odds.
 *
 * @param shares {@code [time]}
 * @param rest what no token has a part in
 */
// An array: one is made for each text, and none is compared.
@SuppressWarnings("ArrayRecordComponent")
record Attribution(double[] shares, double rest) {}
