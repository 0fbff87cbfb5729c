package io.sentimentstreams.text;

import java.util.Arrays;
import java.util.List;

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

  /**
   * Where the tokens of {@link #encode}'s ids stand in the text. Takes as long as encoding, so it
   * is for those who show something of single tokens.
   *
   * @return {@code [time]}, as many as the text has ids; a span without chars for padding, and for
   *     the unknown token that a text without tokens has
   */
  public List<TokenSpan> spans(String text) {
    Kept starts = new Kept();
    Kept ends = new Kept();
    tokenizer.tokenize(
        text,
        (normalised, start, end) -> {
          starts.add(start);
          ends.add(end);
        });
    int[] from = starts.values();
    int[] to = ends.values();
    int size = padding == Padding.NONE ? Math.max(1, from.length) : headTokens + tailTokens;
    int offset = padding == Padding.FRONT ? size - Math.max(1, from.length) : 0;
    TokenSpan[] spans = new TokenSpan[size];
    Arrays.fill(spans, TokenSpan.NONE);
    for (int i = 0; i < from.length; i++) {
      spans[offset + i] = new TokenSpan(from[i], to[i]);
    }
    return List.of(spans);
  }

  private int[] padded(int[] ids) {
    int[] padded = new int[headTokens + tailTokens];
    Arrays.fill(padded, Vocabulary.PADDING);
    int from = padding == Padding.FRONT ? padded.length - ids.length : 0;
    System.arraycopy(ids, 0, padded, from, ids.length);
    return padded;
  }

  /** The ids of a text. */
  private final class Ids implements TokenSink {
    private final Kept kept = new Kept();
    private int unknown;

    @Override
    public void token(CharSequence normalised, int start, int end) {
      int id = vocabulary.id(normalised);
      if (id == Vocabulary.UNKNOWN) {
        unknown++;
      }
      kept.add(id);
    }

    private EncodedText encoded() {
      return kept.added == 0
          ? new EncodedText(new int[] {Vocabulary.UNKNOWN}, 0, 0)
          : new EncodedText(kept.values(), kept.added, unknown);
    }
  }

  /** Keeps a number a token: the first ones in place and the last ones in a ring behind them. */
  private final class Kept {
    private int[] values = new int[Math.min(headTokens + tailTokens, 64)];
    private int added;

    void add(int value) {
      int limit = headTokens + tailTokens;
      if (added < limit) {
        if (added == values.length) {
          values = Arrays.copyOf(values, Math.min(limit, 2 * values.length));
        }
        values[added] = value;
      } else if (tailTokens > 0) {
        values[headTokens + (added - headTokens) % tailTokens] = value;
      }
      added++;
    }

    /** What was kept, in the order of the text. */
    int[] values() {
      int limit = headTokens + tailTokens;
      return added <= limit || tailTokens == 0
          ? Arrays.copyOf(values, Math.min(added, limit))
          : unrolled();
    }

    private int[] unrolled() {
      int oldest = (added - headTokens) % tailTokens;
      int[] result = Arrays.copyOf(values, values.length);
      System.arraycopy(values, headTokens + oldest, result, headTokens, tailTokens - oldest);
      System.arraycopy(values, headTokens, result, headTokens + tailTokens - oldest, oldest);
      return result;
    }
  }
}
