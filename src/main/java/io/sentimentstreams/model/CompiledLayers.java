package io.sentimentstreams.model;

/**
 * The layers of a network from the token ids to the pooled features, in the form that {@link
 * CompiledBackend} computes fastest. Immutable, shared by all threads; each thread has a scratch of
 * its own.
 */
sealed interface CompiledLayers extends AutoCloseable permits CompiledBiLstm, CompiledConv1d {

  /** Features of a text. */
  int features();

  /** Bytes of the tables and the weights. */
  long bytes();

  /** What a thread computes with, for batches of up to {@code rows} texts. */
  Scratch scratch(int rows);

  @Override
  void close();

  /** A thread's memory. */
  interface Scratch extends AutoCloseable {
    /**
     * Computes the pooled features.
     *
     * @param texts token ids {@code [batch][time]}, the longest text first
     * @param features receives {@code [batch, features]}
     */
    void pool(int[][] texts, float[] features);

    @Override
    void close();
  }
}
