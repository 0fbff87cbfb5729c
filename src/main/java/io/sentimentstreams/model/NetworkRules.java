package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.LayerShape.Features;
import io.sentimentstreams.model.LayerShape.Tokens;
import io.sentimentstreams.model.LayerSpec.Flatten;
import io.sentimentstreams.model.LayerSpec.MaxPool;
import io.sentimentstreams.model.WeightedSpec.Conv1d;
import io.sentimentstreams.model.WeightedSpec.Dense;
import io.sentimentstreams.model.WeightedSpec.Embedding;
import io.sentimentstreams.text.Padding;
import io.sentimentstreams.text.TextSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What makes a list of layers a network. A message begins with the place of the layer, which the
 * caller words by the layer's index.
 */
final class NetworkRules {
  private static final int MAXIMUM_LAYERS = 100;

  private NetworkRules() {}

  /**
   * Checks all that does not depend on vocabulary, lengths and labels.
   *
   * @throws InvalidInputException naming the layer
   */
  static void require(List<LayerSpec> layers, IntFunction<String> place) {
    if (layers.isEmpty() || layers.size() > MAXIMUM_LAYERS) {
      throw new InvalidInputException(
          "network: has %d layers, but must have from 1 to %d"
              .formatted(layers.size(), MAXIMUM_LAYERS));
    }
    if (!(layers.get(0) instanceof Embedding embedding)) {
      throw error(place, 0, "a network begins with an embedding");
    }
    requireOutput(layers, place);
    if (embedding.maskZero()) {
      requireMaskable(layers, place);
    }
    shapes(layers, NetworkSize.of(1, 2), place);
  }

  private static void requireOutput(List<LayerSpec> layers, IntFunction<String> place) {
    int last = layers.size() - 1;
    boolean fits =
        layers.get(last) instanceof Dense output
            && (output.activation() == LayerActivation.SOFTMAX
                || (output.activation() == LayerActivation.SIGMOID && output.units() == 1));
    if (!fits) {
      throw error(
          place, last, "a network ends with a dense layer of softmax, or of one sigmoid unit");
    }
    for (int index = 0; index < last; index++) {
      if (layers.get(index) instanceof Dense dense) {
        requireHidden(dense, index, place);
      }
    }
  }

  private static void requireHidden(Dense dense, int index, IntFunction<String> place) {
    if (dense.units() == 0) {
      throw error(place, index, "units is missing");
    }
    if (dense.activation() == LayerActivation.SOFTMAX) {
      throw error(place, index, "activation is softmax, but that is for the last layer");
    }
  }

  /** Under a mask, only layers that leave each text's steps where they are. */
  private static void requireMaskable(List<LayerSpec> layers, IntFunction<String> place) {
    for (int index = 0; index < layers.size(); index++) {
      LayerSpec layer = layers.get(index);
      boolean shrinks =
          layer instanceof MaxPool
              || layer instanceof Flatten
              || (layer instanceof Conv1d conv && conv.padding() == ConvolutionPadding.VALID);
      if (shrinks) {
        throw error(
            place,
            index,
            (layer instanceof Conv1d ? "padding valid " : "")
                + "needs texts of one length: set mask_zero: false in the embedding, and padding in the text settings");
      }
    }
  }

  /**
   * The shape of each layer's output for a text.
   *
   * @throws InvalidInputException naming the layer that does not fit
   */
  static List<LayerShape> shapes(
      List<LayerSpec> layers, NetworkSize size, IntFunction<String> place) {
    List<LayerShape> shapes = new ArrayList<>();
    LayerShape shape = new Tokens(size.length());
    for (int index = 0; index < layers.size(); index++) {
      try {
        shape = layers.get(index).output(shape, size);
      } catch (InvalidInputException e) {
        throw error(place, index, String.valueOf(e.getMessage()));
      } catch (ArithmeticException e) {
        throw error(place, index, "its output is too large");
      }
      shapes.add(shape);
    }
    if (!(shape instanceof Features)) {
      throw error(place, layers.size() - 1, "gives " + shape);
    }
    return shapes;
  }

  /**
   * Checks that a network's outputs are as many as the labels.
   *
   * @throws InvalidInputException where they are not
   */
  static void requireLabels(NetworkSpec network, int labels) {
    Dense output = network.output();
    int outputs = output.activation() == LayerActivation.SIGMOID ? 2 : output.units(labels);
    if (outputs != labels) {
      int last = network.layers().size() - 1;
      throw error(
          network.place("network: "),
          last,
          "is for %d labels, but there are %d; give units: %d and activation: softmax, or leave units out"
              .formatted(outputs, labels, labels));
    }
  }

  /**
   * Checks that a network reads what text settings give.
   *
   * @throws InvalidInputException where it does not
   */
  static void requireText(NetworkSpec network, TextSettings text) {
    boolean masked = network.embedding().maskZero();
    if (masked && text.padding() != Padding.NONE) {
      throw new InvalidInputException(
          "network: mask_zero is true, so padding is never seen, but the text settings ask for it; set mask_zero: false or padding: none");
    }
    if (!masked && text.padding() == Padding.NONE) {
      throw new InvalidInputException(
          "network: mask_zero is false, so all texts need one length; set padding: front or back in the text settings, or mask_zero: true");
    }
    network.shapes(NetworkSize.of(text, text.vocabularySize(), 2));
  }

  private static InvalidInputException error(IntFunction<String> place, int index, String problem) {
    return new InvalidInputException(place.apply(index) + ": " + problem);
  }
}
