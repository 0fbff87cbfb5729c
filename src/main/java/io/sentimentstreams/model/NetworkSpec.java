package io.sentimentstreams.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.sentimentstreams.InvalidInputException;

/**
 * A network that labels text: token ids {@code [batch, time]} to class probabilities {@code [batch,
 * labels]}. Each result depends on its own text alone, never on the padding or the other texts of
 * the batch.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = NetworkSpec.BiLstm.class, name = "bilstm"),
  @JsonSubTypes.Type(value = NetworkSpec.Conv1d.class, name = "conv1d")
})
public sealed interface NetworkSpec {
  /** Largest size of a layer: products of a few sizes stay within an int. */
  int MAXIMUM_SIZE = 1 << 16;

  /** Length of a token's embedding vector. */
  int embeddingSize();

  /** How the tokens' features become the text's. */
  Pooling pooling();

  /**
   * Embedding, a forward and a backward LSTM (Hochreiter and Schmidhuber 1997; gates as in Keras),
   * both directions concatenated, pooled over time, softmax.
   *
   * @param embeddingSize length of a token's embedding vector
   * @param units LSTM units of each direction
   * @param pooling over time
   */
  record BiLstm(int embeddingSize, int units, Pooling pooling) implements NetworkSpec {
    public BiLstm {
      requireSize("embeddingSize", embeddingSize, 1);
      requireSize("units", units, 1);
    }
  }

  /**
   * Embedding, convolution over time (Kim 2014; zero-padded so that the output is as long as the
   * text, as Keras' {@code padding="same"}), relu, pooled over time, an optional dense relu layer,
   * softmax.
   *
   * @param embeddingSize length of a token's embedding vector
   * @param filters number of filters
   * @param width tokens that a filter spans
   * @param pooling over time
   * @param hidden units of the dense layer, 0 for none
   */
  record Conv1d(int embeddingSize, int filters, int width, Pooling pooling, int hidden)
      implements NetworkSpec {
    public Conv1d {
      requireSize("embeddingSize", embeddingSize, 1);
      requireSize("filters", filters, 1);
      requireSize("width", width, 1);
      requireSize("hidden", hidden, 0);
    }
  }

  private static void requireSize(String field, int value, int least) {
    if (value < least || value > MAXIMUM_SIZE) {
      throw new InvalidInputException(
          "network: %s is %d, but must be from %d to %d"
              .formatted(field, value, least, MAXIMUM_SIZE));
    }
  }
}
