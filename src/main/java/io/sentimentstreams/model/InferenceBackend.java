package io.sentimentstreams.model;

/** A loaded network, ready to compute. Safe for use by several threads at once. */
public interface InferenceBackend extends AutoCloseable {

  /** The implementation's short name, such as {@code dl4j}. */
  String name();

  /** The device in words, such as {@code cpu} or {@code cuda: NVIDIA A100}. */
  String device();

  /**
   * The class probabilities of each text.
   *
   * @param tokenIds {@code [batch][time]}, a row a text, of mixed lengths of at least 1, without
   *     padding
   * @return {@code [batch][labels]}, rows in the order of the texts, each summing to 1
   * @throws InferenceException where the network fails or gives a value that is no number
   */
  float[][] probabilities(int[][] tokenIds);

  /** Frees the native memory. The backend cannot be used afterwards. */
  @Override
  void close();
}
