package io.sentimentstreams.model;

/**
 * What a layer takes or gives for one text. A size that depends on the text's length is {@link
 * #UNKNOWN}.
 */
public sealed interface LayerShape {
  /** A size that differs from text to text. */
  int UNKNOWN = -1;

  /** Token ids {@code [time]}. */
  record Tokens(int time) implements LayerShape {
    @Override
    public String toString() {
      return "[%s]".formatted(size(time));
    }
  }

  /** A vector for each time step, {@code [time, features]}. */
  record Steps(int time, int features) implements LayerShape {
    @Override
    public String toString() {
      return "[%s, %d]".formatted(size(time), features);
    }
  }

  /** One vector, {@code [features]}. */
  record Features(int features) implements LayerShape {
    @Override
    public String toString() {
      return "[%s]".formatted(size(features));
    }
  }

  private static String size(int size) {
    return size == UNKNOWN ? "time" : String.valueOf(size);
  }
}
