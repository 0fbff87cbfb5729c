package io.sentimentstreams.model;

/**
 * What a token does for a text's label.
 *
 * @param text the token as it is written, {@code substring(start, end)} of the text; of a longer
 *     one the first 64 code points
 * @param start offset of its first char in the text, in chars of UTF-16
 * @param end offset behind its last char
 * @param contribution see {@link Explanation}; above 0 where it speaks for the label
 */
public record TokenContribution(String text, int start, int end, double contribution) {}
