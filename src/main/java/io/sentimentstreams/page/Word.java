package io.sentimentstreams.page;

/**
 * What a word of a text did for its label.
 *
 * @param start offset of its first char in the text, in chars of UTF-16
 * @param end offset behind its last char
 * @param contribution in log-odds; above 0 where it speaks for the label
 */
public record Word(int start, int end, double contribution) {}
