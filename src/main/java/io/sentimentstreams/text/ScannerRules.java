package io.sentimentstreams.text;

/**
 * What tokenizers differ in; all else is the same for all.
 *
 * @param hashtags whether the sign of a hashtag is a token, and words in camel case are parted
 * @param shouting whether a word of capitals is marked
 * @param numbers which numbers are kept
 * @param punctuation the single characters that are tokens
 */
record ScannerRules(boolean hashtags, boolean shouting, NumberRule numbers, String punctuation) {}
