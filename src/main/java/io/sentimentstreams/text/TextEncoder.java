package io.sentimentstreams.text;

import java.util.Arrays;

/**
 * Turns a text into token ids: the only way from text to ids, in training and in serving.
 *
 * <p>Safe for use by several threads. The memory of a call grows with {@link
 * TextSettings#maximumTokens()}, not with the text.
 */
public final class TextEncoder {
  private final Tokenizer tokenizer;
  private final Vocabulary vocabulary;
  private final int headTokens;
  private final int tailTokens;
  private final Padding padding;

  public TextEncoder(TextSettings settings, Vocabulary vocabulary) {
    this.tokenizer = Tokenizer.of(settings.tokenizer());
    this.vocabulary = vocabulary;
    int limit = settings.maximumTokens();
    this.headTokens =
        switch (settings.truncation()) {
          case KEEP_HEAD -> limit;
          case KEEP_TAIL -> 0;
          case KEEP_BOTH_ENDS -> limit / 4;
        };
    this.tailTokens = limit - headTokens;
    this.padding = settings.padding();
  }

  /** The ids of the text's tokens, truncated and padded as the settings say. */
  public EncodedText encode(String text) {
    Ids ids = new Ids();
    tokenizer.tokenize(text, ids);
    EncodedText encoded = ids.encoded();
    return padding == Padding.NONE
        ? encoded
        : new EncodedText(padded(encoded.ids()), encoded.tokens(), encoded.unknown());
  }

  private int[] padded(int[] ids) {
    int[] padded = new int[headTokens + tailTokens];
    Arrays.fill(padded, Vocabulary.PADDING);
    int from = padding == Padding.FRONT ? padded.length - ids.length : 0;
    System.arraycopy(ids, 0, padded, from, ids.length);
    return padded;
  }

  /** Keeps the first tokens in place and the last ones in a ring behind them. */
  private final class Ids implements TokenSink {
    private int[] ids = new int[Math.min(headTokens + tailTokens, 64)];
    private int tokens;
    private int unknown;

    @Override
    public void token(CharSequence normalised, int start, int end) {
      int id = vocabulary.id(normalised);
      if (id == Vocabulary.UNKNOWN) {
        unknown++;
      }
      put(id);
      tokens++;
    }

    private void put(int id) {
      int limit = headTokens + tailTokens;
      if (tokens < limit) {
        if (tokens == ids.length) {
          ids = Arrays.copyOf(ids, Math.min(limit, 2 * ids.length));
        }
        ids[tokens] = id;
      } else if (tailTokens > 0) {
        ids[headTokens + (tokens - headTokens) % tailTokens] = id;
      }
    }

    private EncodedText encoded() {
      int limit = headTokens + tailTokens;
      if (tokens == 0) {
        return new EncodedText(new int[] {Vocabulary.UNKNOWN}, 0, 0);
      }
      if (tokens <= limit || tailTokens == 0) {
        return new EncodedText(Arrays.copyOf(ids, Math.min(tokens, limit)), tokens, unknown);
      }
      return new EncodedText(unrolled(), tokens, unknown);
    }

    private int[] unrolled() {
      int oldest = (tokens - headTokens) % tailTokens;
      int[] result = Arrays.copyOf(ids, ids.length);
      System.arraycopy(ids, headTokens + oldest, result, headTokens, tailTokens - oldest);
      System.arraycopy(ids, headTokens, result, headTokens + tailTokens - oldest, oldest);
      return result;
    }
  }
}
