package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which tensors a network has, by name, with their shapes: Keras' layouts, and for the LSTM its
 * gate order input, forget, candidate, output.
 */
final class TensorLayout {
  private TensorLayout() {}

  /**
   * The tensors of a network, in the order in which they are written.
   *
   * @param vocabularySize rows of the embedding; row 0 is the padding's
   * @param labels outputs
   * @return name to shape
   */
  static Map<String, int[]> of(NetworkSpec network, int vocabularySize, int labels) {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    int embedding = network.embeddingSize();
    shapes.put("embedding.weight", new int[] {vocabularySize, embedding});
    int features;
    if (network instanceof NetworkSpec.BiLstm lstm) {
      putLstm(shapes, "lstm.forward.", embedding, lstm.units());
      putLstm(shapes, "lstm.backward.", embedding, lstm.units());
      features = pooled(2 * lstm.units(), lstm.pooling());
    } else if (network instanceof NetworkSpec.Conv1d conv) {
      shapes.put("conv1d.kernel", new int[] {conv.width(), embedding, conv.filters()});
      shapes.put("conv1d.bias", new int[] {conv.filters()});
      features = pooled(conv.filters(), conv.pooling());
      if (conv.hidden() > 0) {
        shapes.put("hidden.kernel", new int[] {features, conv.hidden()});
        shapes.put("hidden.bias", new int[] {conv.hidden()});
        features = conv.hidden();
      }
    } else {
      throw new IllegalStateException("a network without a layout: " + network);
    }
    shapes.put("output.kernel", new int[] {features, labels});
    shapes.put("output.bias", new int[] {labels});
    return shapes;
  }

  private static void putLstm(Map<String, int[]> shapes, String prefix, int embedding, int units) {
    shapes.put(prefix + "kernel", new int[] {embedding, 4 * units});
    shapes.put(prefix + "recurrent_kernel", new int[] {units, 4 * units});
    shapes.put(prefix + "bias", new int[] {4 * units});
  }

  private static int pooled(int features, Pooling pooling) {
    return switch (pooling) {
      case MAX -> features;
      case MAX_AND_MEAN -> 2 * features;
    };
  }

  /**
   * Checks that weights are exactly those of a network.
   *
   * @throws InvalidInputException where a tensor is missing, has another shape or is not the
   *     network's
   */
  static void require(Weights weights, Map<String, int[]> layout) {
    layout.forEach(
        (name, shape) -> {
          int[] actual = weights.tensor(name).shape();
          if (!Arrays.equals(actual, shape)) {
            throw new InvalidInputException(
                "tensor %s: shape is %s, but the network, vocabulary and labels need %s"
                    .formatted(name, Arrays.toString(actual), Arrays.toString(shape)));
          }
        });
    for (String name : weights.names()) {
      if (!layout.containsKey(name)) {
        throw new InvalidInputException(
            "tensor %s: the network has none of that name".formatted(name));
      }
    }
  }
}
