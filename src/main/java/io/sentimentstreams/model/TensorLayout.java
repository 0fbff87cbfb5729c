package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.LayerShape.Tokens;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which tensors a network has, by name, with their shapes: Keras' layouts and gate orders, see
 * {@link LayerSpec#tensors}. A name is the layer's, a dot and the tensor's: {@code conv1d.kernel}.
 */
final class TensorLayout {
  private TensorLayout() {}

  /**
   * The tensors of a network for texts that keep their own lengths, in the order in which they are
   * written.
   *
   * @param vocabularySize rows of the embedding; row 0 is the padding's
   * @param labels outputs
   * @return name to shape
   */
  static Map<String, int[]> of(NetworkSpec network, int vocabularySize, int labels) {
    return of(network, NetworkSize.of(vocabularySize, labels));
  }

  /** The tensors of a network, in the order in which they are written: name to shape. */
  static Map<String, int[]> of(NetworkSpec network, NetworkSize size) {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    for (int layer = 0; layer < network.layers().size(); layer++) {
      String name = network.names().get(layer);
      layer(network, size, layer)
          .forEach((tensor, shape) -> shapes.put(name + "." + tensor, shape));
    }
    return shapes;
  }

  /** The tensors of one layer, without the layer's name. */
  static Map<String, int[]> layer(NetworkSpec network, NetworkSize size, int layer) {
    List<LayerShape> outputs = network.shapes(size);
    LayerShape input = layer == 0 ? new Tokens(size.length()) : outputs.get(layer - 1);
    return network.layers().get(layer).tensors(input, size);
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
