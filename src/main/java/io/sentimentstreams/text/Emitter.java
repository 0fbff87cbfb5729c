package io.sentimentstreams.text;

/** Passes tokens on, and remembers the last one's range for the markers that may follow it. */
final class Emitter {
  /** Says that the token before it was drawn out or repeated. */
  static final String ELONGATED = "<elong>";

  /** Says that the word before it was written in capitals. */
  static final String SHOUTED = "<allcaps>";

  private final TokenSink sink;
  private int start;
  private int end;

  Emitter(TokenSink sink) {
    this.sink = sink;
  }

  /** Passes a token on, and returns its end. */
  int emit(CharSequence token, int start, int end) {
    this.start = start;
    this.end = end;
    sink.token(token, start, end);
    return end;
  }

  void mark(String marker) {
    sink.token(marker, start, end);
  }
}
