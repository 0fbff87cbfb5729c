package io.sentimentstreams.text;

/**
 * Where a token stands in its text: {@code text.substring(start, end)}, in chars of UTF-16.
 *
 * @param start offset of the first char, 0 or more
 * @param end offset behind the last char, at least {@code start}
 */
public record TokenSpan(int start, int end) {
  /** No place: without chars. */
  static final TokenSpan NONE = new TokenSpan(0, 0);

  public TokenSpan {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("no span: %d to %d".formatted(start, end));
    }
  }

  /** Whether it has no chars: then the text has nothing of the token. */
  public boolean isEmpty() {
    return start == end;
  }
}
