package io.sentimentstreams.text;

import java.util.Arrays;

/**
 * A text as a network reads it.
 *
 * @param ids token ids, [time]: at least one (a text without tokens is {@link Vocabulary#UNKNOWN}
 *     alone), at most {@link TextSettings#maximumTokens()}, with padding ids where the settings ask
 *     for {@link TextSettings#padding()}; not copied, not to be changed
 * @param tokens tokens of the text before truncation, 0 if it has none
 * @param unknown how many of those the vocabulary does not know
 */
// The array is the point of this record: it goes into a batch as it is, without a copy.
@SuppressWarnings("ArrayRecordComponent")
public record EncodedText(int[] ids, int tokens, int unknown) {
  @Override
  public boolean equals(Object other) {
    return other instanceof EncodedText that
        && tokens == that.tokens
        && unknown == that.unknown
        && Arrays.equals(ids, that.ids);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(ids) + tokens) + unknown;
  }

  @Override
  public String toString() {
    return "EncodedText[ids=%s, tokens=%d, unknown=%d]"
        .formatted(Arrays.toString(ids), tokens, unknown);
  }
}
