package io.sentimentstreams.model;

import java.util.Arrays;

/**
 * The networks as plain loops in double precision over a bundle's weights: what every backend has
 * to compute. Layouts are those of {@link WeightLayout}'s bundle side.
 */
final class ReferenceNetwork {
  private ReferenceNetwork() {}

  /** The class probabilities {@code [labels]} of one text. */
  static double[] probabilities(NetworkSpec spec, Weights weights, int[] ids) {
    double[] features;
    if (NetworkForm.require(spec) instanceof NetworkForm.BiLstm bilstm) {
      double[][] forward = lstm(embed(weights, ids), weights, "lstm.forward", bilstm.units());
      double[][] backward =
          lstm(reversed(embed(weights, ids)), weights, "lstm.backward", bilstm.units());
      features = concat(max(forward), max(backward));
      if (NetworkForm.require(spec).pooling() == Pooling.MAX_AND_MEAN) {
        features = concat(features, concat(mean(forward), mean(backward)));
      }
    } else {
      double[][] convolved = convolution(embed(weights, ids), weights);
      features = max(convolved);
      if (NetworkForm.require(spec).pooling() == Pooling.MAX_AND_MEAN) {
        features = concat(features, mean(convolved));
      }
      if (weights.names().contains("hidden.kernel")) {
        features = relu(dense(features, weights, "hidden"));
      }
    }
    return softmax(dense(features, weights, "output"));
  }

  private static double[][] embed(Weights weights, int[] ids) {
    Tensor table = weights.tensor("embedding.weight");
    int size = table.shape()[1];
    double[][] vectors = new double[ids.length][size]; // [time, embedding]
    for (int step = 0; step < ids.length; step++) {
      for (int i = 0; i < size; i++) {
        vectors[step][i] = table.values()[ids[step] * size + i];
      }
    }
    return vectors;
  }

  /** Gates in the order input, forget, candidate, output. */
  private static double[][] lstm(double[][] inputs, Weights weights, String name, int units) {
    Tensor kernel = weights.tensor(name + ".kernel");
    Tensor recurrent = weights.tensor(name + ".recurrent_kernel");
    Tensor bias = weights.tensor(name + ".bias");
    double[][] outputs = new double[inputs.length][units]; // [time, units]
    double[] output = new double[units];
    double[] cell = new double[units];
    for (int step = 0; step < inputs.length; step++) {
      double[] sums = new double[4 * units];
      for (int j = 0; j < sums.length; j++) {
        sums[j] = bias.values()[j];
        for (int i = 0; i < inputs[step].length; i++) {
          sums[j] += inputs[step][i] * kernel.values()[i * sums.length + j];
        }
        for (int i = 0; i < units; i++) {
          sums[j] += output[i] * recurrent.values()[i * sums.length + j];
        }
      }
      for (int unit = 0; unit < units; unit++) {
        cell[unit] =
            sigmoid(sums[units + unit]) * cell[unit]
                + sigmoid(sums[unit]) * Math.tanh(sums[2 * units + unit]);
        outputs[step][unit] = sigmoid(sums[3 * units + unit]) * Math.tanh(cell[unit]);
      }
      output = outputs[step];
    }
    return outputs;
  }

  private static double[][] convolution(double[][] inputs, Weights weights) {
    Tensor kernel = weights.tensor("conv1d.kernel");
    Tensor bias = weights.tensor("conv1d.bias");
    int width = kernel.shape()[0];
    int size = kernel.shape()[1];
    int filters = kernel.shape()[2];
    double[][] outputs = new double[inputs.length][filters]; // [time, filters]
    for (int step = 0; step < inputs.length; step++) {
      for (int filter = 0; filter < filters; filter++) {
        double sum = bias.values()[filter];
        for (int k = 0; k < width; k++) {
          int at = step + k - (width - 1) / 2;
          for (int i = 0; at >= 0 && at < inputs.length && i < size; i++) {
            sum += inputs[at][i] * kernel.values()[(k * size + i) * filters + filter];
          }
        }
        outputs[step][filter] = Math.max(0, sum);
      }
    }
    return outputs;
  }

  private static double[] dense(double[] inputs, Weights weights, String name) {
    Tensor kernel = weights.tensor(name + ".kernel");
    Tensor bias = weights.tensor(name + ".bias");
    double[] outputs = new double[bias.values().length];
    for (int j = 0; j < outputs.length; j++) {
      outputs[j] = bias.values()[j];
      for (int i = 0; i < inputs.length; i++) {
        outputs[j] += inputs[i] * kernel.values()[i * outputs.length + j];
      }
    }
    return outputs;
  }

  private static double[] softmax(double[] scores) {
    double[] powers = Arrays.stream(scores).map(Math::exp).toArray();
    double sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(power -> power / sum).toArray();
  }

  private static double[] relu(double[] values) {
    return Arrays.stream(values).map(value -> Math.max(0, value)).toArray();
  }

  private static double[] max(double[][] steps) {
    double[] result = steps[0].clone();
    for (double[] step : steps) {
      Arrays.setAll(result, i -> Math.max(result[i], step[i]));
    }
    return result;
  }

  private static double[] mean(double[][] steps) {
    double[] result = new double[steps[0].length];
    for (double[] step : steps) {
      Arrays.setAll(result, i -> result[i] + step[i] / steps.length);
    }
    return result;
  }

  private static double[][] reversed(double[][] steps) {
    double[][] result = new double[steps.length][];
    Arrays.setAll(result, i -> steps[steps.length - 1 - i]);
    return result;
  }

  private static double[] concat(double[] first, double[] second) {
    double[] result = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, result, first.length, second.length);
    return result;
  }

  private static double sigmoid(double value) {
    return 1 / (1 + Math.exp(-value));
  }
}
