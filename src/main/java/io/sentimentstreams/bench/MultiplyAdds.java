package io.sentimentstreams.bench;

import io.sentimentstreams.model.NetworkSpec;
import io.sentimentstreams.model.Pooling;

/**
 * Multiply-adds of a network's matrix products for one text, as the network is defined: nothing for
 * padding, and nothing saved by products that are made once for all texts. A backend that looks
 * such products up in tables does fewer.
 */
final class MultiplyAdds {
  private static final int GATES = 4;
  private static final int DIRECTIONS = 2;

  private MultiplyAdds() {}

  /**
   * Of a text.
   *
   * @param labels classes
   * @param length tokens
   */
  static long of(NetworkSpec network, int labels, int length) {
    if (network instanceof NetworkSpec.BiLstm lstm) {
      return bilstm(lstm, labels, length);
    }
    if (network instanceof NetworkSpec.Conv1d convolution) {
      return conv1d(convolution, labels, length);
    }
    throw new IllegalStateException("a network that is not known here: " + network);
  }

  private static long bilstm(NetworkSpec.BiLstm lstm, int labels, int length) {
    long inputs = (long) lstm.embeddingSize() + lstm.units(); // a step's: the token and the state
    long step = inputs * GATES * lstm.units();
    long pooled = pooled((long) DIRECTIONS * lstm.units(), lstm.pooling());
    return (long) DIRECTIONS * length * step + pooled * labels;
  }

  private static long conv1d(NetworkSpec.Conv1d convolution, int labels, int length) {
    long token = (long) convolution.embeddingSize() * convolution.filters();
    long features = pooled(convolution.filters(), convolution.pooling());
    long dense =
        convolution.hidden() == 0
            ? features * labels
            : features * convolution.hidden() + (long) convolution.hidden() * labels;
    return tokensUnderFilter(convolution.width(), length) * token + dense;
  }

  /** Tokens that a filter meets at all its places together; beyond the text's ends are none. */
  private static long tokensUnderFilter(int width, int length) {
    long tokens = 0;
    int left = (width - 1) / 2;
    for (int tap = 0; tap < width; tap++) {
      tokens += Math.max(0, length - Math.abs(tap - left));
    }
    return tokens;
  }

  private static long pooled(long features, Pooling pooling) {
    return switch (pooling) {
      case MAX -> features;
      case MAX_AND_MEAN -> 2 * features;
    };
  }
}
