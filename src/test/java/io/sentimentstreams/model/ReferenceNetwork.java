package io.sentimentstreams.model;

import io.sentimentstreams.model.LayerSpec.GlobalAveragePool;
import io.sentimentstreams.model.LayerSpec.GlobalMaxAveragePool;
import io.sentimentstreams.model.LayerSpec.GlobalMaxPool;
import io.sentimentstreams.model.LayerSpec.GlobalPool;
import io.sentimentstreams.model.LayerSpec.MaxPool;
import io.sentimentstreams.model.RecurrentSpec.Bidirectional;
import io.sentimentstreams.model.RecurrentSpec.Cell;
import io.sentimentstreams.model.WeightedSpec.Conv1d;
import io.sentimentstreams.model.WeightedSpec.Dense;
import io.sentimentstreams.model.WeightedSpec.Embedding;
import io.sentimentstreams.model.WeightedSpec.TimeDistributed;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/**
 * The networks as plain loops in double precision over a bundle's weights: what every backend has
 * to compute. Layers are Keras' as its documentation and code define them.
 */
final class ReferenceNetwork {
  private final NetworkSpec spec;
  private final Weights weights;

  /** The output so far: {@code [time][features]}; a single row where it is one vector. */
  private double[][] steps = new double[0][];

  private ReferenceNetwork(NetworkSpec spec, Weights weights) {
    this.spec = spec;
    this.weights = weights;
  }

  /** The class probabilities {@code [labels]} of one text. */
  static double[] probabilities(NetworkSpec spec, Weights weights, int[] ids) {
    ReferenceNetwork network = new ReferenceNetwork(spec, weights);
    for (int index = 0; index < spec.layers().size(); index++) {
      network.apply(spec.layers().get(index), spec.names().get(index), ids);
    }
    double[] outputs = network.steps[0];
    return outputs.length == 1 ? new double[] {1 - outputs[0], outputs[0]} : outputs;
  }

  private void apply(LayerSpec layer, String name, int[] ids) {
    if (layer instanceof Embedding) {
      steps = embed(ids);
    } else if (layer instanceof Conv1d conv) {
      steps = convolution(conv, name);
    } else if (layer instanceof MaxPool pool) {
      steps = maxPool(pool.size());
    } else if (layer instanceof Cell cell) {
      steps = ofText(cell, RecurrentReference.run(cell, tensors(name), steps));
    } else if (layer instanceof Bidirectional both) {
      steps = bidirectional(both.layer(), name);
    } else if (layer instanceof GlobalPool pool) {
      steps = new double[][] {pooled(pool)};
    } else if (layer instanceof Dense dense) {
      steps = dense(dense.activation(), name);
    } else if (layer instanceof TimeDistributed each) {
      steps = dense(each.dense().activation(), name);
    } else if (layer instanceof LayerSpec.Flatten) {
      steps = new double[][] {Arrays.stream(steps).flatMapToDouble(Arrays::stream).toArray()};
    }
  }

  private RecurrentReference.Tensors tensors(String name) {
    return new RecurrentReference.Tensors(
        weights.tensor(name + ".kernel"),
        weights.tensor(name + ".recurrent_kernel"),
        weights.tensor(name + ".bias"));
  }

  private static double[][] ofText(Cell cell, double[][] outputs) {
    return cell.sequences() ? outputs : new double[][] {outputs[outputs.length - 1]};
  }

  private double[][] bidirectional(Cell cell, String name) {
    double[][] forward =
        ofText(cell, RecurrentReference.run(cell, tensors(name + ".forward"), steps));
    double[][] backward =
        ofText(cell, RecurrentReference.run(cell, tensors(name + ".backward"), reversed(steps)));
    double[][] inOrder = reversed(backward);
    double[][] outputs = new double[forward.length][];
    Arrays.setAll(outputs, step -> concat(forward[step], inOrder[step]));
    return outputs;
  }

  private double[][] embed(int[] ids) {
    Tensor table = weights.tensor(spec.names().get(0) + ".weight");
    int size = table.shape()[1];
    double[][] vectors = new double[ids.length][size]; // [time, embedding]
    for (int step = 0; step < ids.length; step++) {
      for (int i = 0; i < size; i++) {
        vectors[step][i] = table.values()[ids[step] * size + i];
      }
    }
    return vectors;
  }

  private double[][] convolution(Conv1d conv, String name) {
    float[] kernel = weights.tensor(name + ".kernel").values(); // [width, inputs, filters]
    float[] bias = weights.tensor(name + ".bias").values();
    boolean same = conv.padding() == ConvolutionPadding.SAME;
    int before = same ? (conv.width() - 1) / 2 : 0;
    int size = steps[0].length;
    double[][] outputs =
        new double[same ? steps.length : steps.length - conv.width() + 1][conv.filters()];
    for (int step = 0; step < outputs.length; step++) {
      for (int filter = 0; filter < conv.filters(); filter++) {
        double sum = bias[filter];
        for (int k = 0; k < conv.width(); k++) {
          int at = step + k - before;
          for (int i = 0; at >= 0 && at < steps.length && i < size; i++) {
            sum += steps[at][i] * kernel[(k * size + i) * conv.filters() + filter];
          }
        }
        outputs[step][filter] = sum;
      }
      outputs[step] = activated(outputs[step], conv.activation());
    }
    return outputs;
  }

  private double[][] maxPool(int size) {
    double[][] outputs = new double[steps.length / size][];
    Arrays.setAll(
        outputs,
        part -> folded(Arrays.copyOfRange(steps, part * size, (part + 1) * size), Math::max));
    return outputs;
  }

  private double[] pooled(GlobalPool pool) {
    double[] largest = folded(steps, Math::max);
    double[] mean =
        Arrays.stream(folded(steps, Double::sum)).map(sum -> sum / steps.length).toArray();
    if (pool instanceof GlobalMaxAveragePool) {
      return concat(largest, mean);
    }
    assert pool instanceof GlobalMaxPool || pool instanceof GlobalAveragePool;
    return pool instanceof GlobalMaxPool ? largest : mean;
  }

  /** Of each row. */
  private double[][] dense(LayerActivation activation, String name) {
    float[] kernel = weights.tensor(name + ".kernel").values();
    float[] bias = weights.tensor(name + ".bias").values();
    double[][] outputs = new double[steps.length][bias.length];
    for (int step = 0; step < steps.length; step++) {
      for (int j = 0; j < bias.length; j++) {
        outputs[step][j] = bias[j];
        for (int i = 0; i < steps[step].length; i++) {
          outputs[step][j] += steps[step][i] * kernel[i * bias.length + j];
        }
      }
      outputs[step] = activated(outputs[step], activation);
    }
    return outputs;
  }

  private static double[] activated(double[] values, LayerActivation activation) {
    return switch (activation) {
      case LINEAR -> values;
      case RELU -> Arrays.stream(values).map(value -> Math.max(0, value)).toArray();
      case TANH -> Arrays.stream(values).map(Math::tanh).toArray();
      case SIGMOID -> Arrays.stream(values).map(RecurrentReference::sigmoid).toArray();
      case SOFTMAX -> softmax(values);
    };
  }

  private static double[] softmax(double[] scores) {
    double[] powers = Arrays.stream(scores).map(Math::exp).toArray();
    double sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(power -> power / sum).toArray();
  }

  private static double[] folded(double[][] rows, DoubleBinaryOperator operator) {
    double[] result = rows[0].clone();
    for (int row = 1; row < rows.length; row++) {
      double[] values = rows[row];
      Arrays.setAll(result, i -> operator.applyAsDouble(result[i], values[i]));
    }
    return result;
  }

  private static double[][] reversed(double[][] rows) {
    double[][] result = new double[rows.length][];
    Arrays.setAll(result, i -> rows[rows.length - 1 - i]);
    return result;
  }

  private static double[] concat(double[] first, double[] second) {
    double[] result = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, result, first.length, second.length);
    return result;
  }
}
