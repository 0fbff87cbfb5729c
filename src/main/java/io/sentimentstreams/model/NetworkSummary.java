package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/**
 * A network's layers with what each gives and learns, counted as Keras does.
 *
 * @param layers in order
 */
public record NetworkSummary(List<Layer> layers) {
  public NetworkSummary {
    layers = List.copyOf(layers);
  }

  /**
   * A layer.
   *
   * @param name as its tensors bear it
   * @param type with the type that it wraps: {@code bidirectional lstm}
   * @param output its shape for a text
   * @param parameters numbers in its tensors
   */
  public record Layer(String name, String type, LayerShape output, long parameters) {}

  /**
   * The summary of a network.
   *
   * @throws InvalidInputException where a layer does not fit these sizes
   */
  public static NetworkSummary of(NetworkSpec network, NetworkSize size) {
    List<LayerShape> outputs = network.shapes(size);
    List<Layer> layers = new ArrayList<>();
    for (int index = 0; index < outputs.size(); index++) {
      layers.add(
          new Layer(
              network.names().get(index),
              type(network.layers().get(index)),
              outputs.get(index),
              parameters(network, size, index)));
    }
    return new NetworkSummary(layers);
  }

  private static String type(LayerSpec layer) {
    if (layer instanceof RecurrentSpec.Bidirectional both) {
      return layer.type() + " " + both.layer().type();
    }
    return layer instanceof WeightedSpec.TimeDistributed steps
        ? layer.type() + " " + steps.dense().type()
        : layer.type();
  }

  private static long parameters(NetworkSpec network, NetworkSize size, int layer) {
    long parameters = 0;
    for (int[] shape : TensorLayout.layer(network, size, layer).values()) {
      long product = 1;
      for (int length : shape) {
        product *= length;
      }
      parameters += product;
    }
    return parameters;
  }

  /** Numbers in all tensors. */
  public long parameters() {
    return layers.stream().mapToLong(Layer::parameters).sum();
  }
}
