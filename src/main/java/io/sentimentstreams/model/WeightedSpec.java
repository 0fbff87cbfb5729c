package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.LayerShape.Features;
import io.sentimentstreams.model.LayerShape.Steps;
import io.sentimentstreams.model.LayerShape.Tokens;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A layer with weights that is not recurrent. */
public sealed interface WeightedSpec extends LayerSpec {

  /**
   * A vector for each token id; a network's first layer.
   *
   * @param size length of a vector
   * @param maskZero whether texts keep their own lengths: padding (id 0) is masked, and a text's
   *     result never depends on it. Otherwise all texts have one length, and padding is a token as
   *     any other, which most Keras models of this kind are trained with
   * @param trainable whether training changes the vectors
   */
  record Embedding(int size, boolean maskZero, boolean trainable) implements WeightedSpec {
    public Embedding {
      LayerSpec.requireSize("size", size);
    }

    @Override
    public String type() {
      return "embedding";
    }

    @Override
    public Map<String, Object> fields() {
      return LayerSpec.ordered("size", size, "mask_zero", maskZero, "trainable", trainable);
    }

    @Override
    public LayerShape output(LayerShape input, NetworkSize sizes) {
      if (input instanceof Tokens tokens) {
        return new Steps(tokens.time(), size);
      }
      throw new InvalidInputException("takes token ids: it can only be the first layer");
    }

    @Override
    public Map<String, int[]> tensors(LayerShape input, NetworkSize sizes) {
      return Map.of("weight", new int[] {sizes.vocabulary(), size});
    }
  }

  /**
   * Convolution over time (Kim 2014).
   *
   * @param filters number of filters
   * @param width tokens that a filter spans
   */
  record Conv1d(int filters, int width, ConvolutionPadding padding, LayerActivation activation)
      implements WeightedSpec {
    public Conv1d {
      LayerSpec.requireSize("filters", filters);
      LayerSpec.requireSize("width", width);
      requireHidden(activation);
    }

    @Override
    public String type() {
      return "conv1d";
    }

    @Override
    public Map<String, Object> fields() {
      return LayerSpec.ordered(
          "filters", filters, "width", width, "padding", padding, "activation", activation);
    }

    @Override
    public LayerShape output(LayerShape input, NetworkSize size) {
      int time = LayerSpec.steps(input).time();
      boolean shrinks = padding == ConvolutionPadding.VALID && time != LayerShape.UNKNOWN;
      return new Steps(
          shrinks ? LayerSpec.requireLeft("width", width, time, time - width + 1) : time, filters);
    }

    @Override
    public Map<String, int[]> tensors(LayerShape input, NetworkSize size) {
      int features = LayerSpec.steps(input).features();
      return ordered(new int[] {width, features, filters}, new int[] {filters});
    }
  }

  /**
   * A dense layer. As the last one it gives the probabilities: softmax over the labels, or one
   * sigmoid unit, which is the second of two labels' probability.
   *
   * @param units outputs, or 0 in the last layer for one a label
   */
  record Dense(int units, LayerActivation activation) implements WeightedSpec {
    public Dense {
      if (units != 0) {
        LayerSpec.requireSize("units", units);
      }
    }

    @Override
    public String type() {
      return "dense";
    }

    @Override
    public String tensorName() {
      return "hidden";
    }

    @Override
    public Map<String, Object> fields() {
      return units == 0
          ? Map.of("activation", activation)
          : LayerSpec.ordered("units", units, "activation", activation);
    }

    /** The outputs for a model of so many labels. */
    public int units(int labels) {
      return units == 0 ? labels : units;
    }

    @Override
    public LayerShape output(LayerShape input, NetworkSize size) {
      if (!(input instanceof Features)) {
        throw new InvalidInputException(
            "takes one vector, but the layer before gives the features of all time steps %s; pool or flatten them, or use time_distributed"
                .formatted(input));
      }
      return new Features(units(size.labels()));
    }

    @Override
    public Map<String, int[]> tensors(LayerShape input, NetworkSize size) {
      return tensors(((Features) input).features(), size);
    }

    private Map<String, int[]> tensors(int inputs, NetworkSize size) {
      int outputs = units(size.labels());
      return ordered(new int[] {inputs, outputs}, new int[] {outputs});
    }
  }

  /** A dense layer that is applied to each time step. */
  record TimeDistributed(Dense dense) implements WeightedSpec {
    public TimeDistributed {
      LayerSpec.requireSize("units", dense.units());
      requireHidden(dense.activation());
    }

    @Override
    public String type() {
      return "time_distributed";
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of(dense.type(), dense.fields());
    }

    @Override
    public LayerShape output(LayerShape input, NetworkSize size) {
      return new Steps(LayerSpec.steps(input).time(), dense.units());
    }

    @Override
    public Map<String, int[]> tensors(LayerShape input, NetworkSize size) {
      return dense.tensors(LayerSpec.steps(input).features(), size);
    }
  }

  /** Kernel and bias. */
  private static Map<String, int[]> ordered(int[] kernel, int[] bias) {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    shapes.put("kernel", kernel);
    shapes.put("bias", bias);
    return shapes;
  }

  private static void requireHidden(LayerActivation activation) {
    if (activation == LayerActivation.SOFTMAX) {
      throw new InvalidInputException(
          "activation is %s, but that is for the last layer"
              .formatted(activation.name().toLowerCase(Locale.ROOT)));
    }
  }
}
