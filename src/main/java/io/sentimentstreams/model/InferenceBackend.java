package io.sentimentstreams.model;

/**
 * A loaded network, ready to compute. Safe for use by several threads at once. {@link Backends}
 * opens one.
 */
public sealed interface InferenceBackend extends AutoCloseable
    permits CalibratedBackend, CompiledBackend, Dl4jBackend, OnnxBackend {

  /** The implementation's short name, such as {@code dl4j}. */
  String name();

  /** The device in words, such as {@code cpu} or {@code cuda:0 (NVIDIA A100)}. */
  String device();

  /**
   * Whether a GPU computes: then one call of many texts costs less than several of few, so that
   * callers gain by joining theirs.
   */
  boolean onGpu();

  /**
   * The class probabilities of each text.
   *
   * @param tokenIds {@code [batch][time]}, a row a text, of mixed lengths of at least 1, without
   *     padding
   * @return {@code [batch][labels]}, rows in the order of the texts, each summing to 1
   * @throws InferenceException where the network fails or gives a value that is no number
   */
  float[][] probabilities(int[][] tokenIds);

  /**
   * Token positions that a call on texts of these lengths computes, padding included: the padding
   * share is {@code 1 - sum(lengths) / computedTokens(lengths)}.
   *
   * @param lengths tokens of each text, at least 1
   * @return at least the lengths' sum
   */
  long computedTokens(int[] lengths);

  /** Bytes of weights and tables that the backend holds, on the heap and outside it. */
  long memoryBytes();

  /**
   * Makes room for one more call at the same time: one of those that compute may never end, and
   * what it uses never come back. Memory grows.
   */
  void addRoom();

  /** Frees the native memory. The backend cannot be used afterwards. */
  @Override
  void close();
}
