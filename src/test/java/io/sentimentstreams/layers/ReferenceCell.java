package io.sentimentstreams.layers;

/**
 * Recurrent layers in one direction as the formulas stand in Keras' documentation, over one text,
 * in plain loops and double precision. Kernels are column-major, as {@link RecurrentWeights} has
 * them.
 */
final class ReferenceCell {
  private final MaskedRecurrent.Kind kind;
  private final int inputs;
  private final int units;
  private final double[] parameters; // kernel, recurrent kernel, bias
  private final int from;

  /**
   * @param from where in {@code parameters} the direction's begin
   */
  ReferenceCell(MaskedRecurrent.Kind kind, int inputs, int units, double[] parameters, int from) {
    this.kind = kind;
    this.inputs = inputs;
    this.units = units;
    this.parameters = parameters;
    this.from = from;
  }

  /** The outputs {@code [time, units]} of a text {@code [time, inputs]}. */
  double[][] run(double[][] text, float[] inputFactors, float[] outputFactors) {
    double[][] outputs = new double[text.length][units];
    double[] h = new double[units];
    double[] c = new double[units];
    for (int step = 0; step < text.length; step++) {
      double[] x = times(text[step], inputFactors);
      h =
          switch (kind) {
            case LSTM -> lstm(x, times(h, outputFactors), c);
            case GRU -> gru(x, times(h, outputFactors), h);
            case GRU_RESET_AFTER -> resetAfter(x, times(h, outputFactors), h);
            case RNN -> rnn(x, times(h, outputFactors));
          };
      outputs[step] = h;
    }
    return outputs;
  }

  private double[] rnn(double[] x, double[] before) {
    double[] h = new double[units];
    for (int unit = 0; unit < units; unit++) {
      h[unit] = Math.tanh(kernel(x, 0, unit) + recurrent(before, 0, unit) + bias(0, unit));
    }
    return h;
  }

  /** Gates: candidate, forget, output, input. */
  private double[] lstm(double[] x, double[] before, double[] c) {
    double[] h = new double[units];
    for (int unit = 0; unit < units; unit++) {
      double[] sums = new double[4];
      for (int gate = 0; gate < 4; gate++) {
        sums[gate] = kernel(x, gate, unit) + recurrent(before, gate, unit) + bias(gate, unit);
      }
      c[unit] = sigmoid(sums[1]) * c[unit] + sigmoid(sums[3]) * Math.tanh(sums[0]);
      h[unit] = sigmoid(sums[2]) * Math.tanh(c[unit]);
    }
    return h;
  }

  /** Gates: update, reset, candidate. */
  private double[] gru(double[] x, double[] before, double[] carried) {
    double[] reset = new double[units];
    for (int unit = 0; unit < units; unit++) {
      double r = sigmoid(kernel(x, 1, unit) + recurrent(before, 1, unit) + bias(1, unit));
      reset[unit] = r * before[unit];
    }
    double[] h = new double[units];
    for (int unit = 0; unit < units; unit++) {
      double z = sigmoid(kernel(x, 0, unit) + recurrent(before, 0, unit) + bias(0, unit));
      double candidate = Math.tanh(kernel(x, 2, unit) + recurrent(reset, 2, unit) + bias(2, unit));
      h[unit] = z * carried[unit] + (1 - z) * candidate;
    }
    return h;
  }

  private double[] resetAfter(double[] x, double[] before, double[] carried) {
    double[] h = new double[units];
    for (int unit = 0; unit < units; unit++) {
      double[] input = new double[3];
      double[] recurrent = new double[3];
      for (int gate = 0; gate < 3; gate++) {
        input[gate] = kernel(x, gate, unit) + bias(gate, unit);
        recurrent[gate] = recurrent(before, gate, unit) + bias(3 + gate, unit);
      }
      double z = sigmoid(input[0] + recurrent[0]);
      double r = sigmoid(input[1] + recurrent[1]);
      double candidate = Math.tanh(input[2] + r * recurrent[2]);
      h[unit] = z * carried[unit] + (1 - z) * candidate;
    }
    return h;
  }

  private double kernel(double[] x, int gate, int unit) {
    return product(x, from + (gate * units + unit) * inputs);
  }

  private double recurrent(double[] h, int gate, int unit) {
    return product(h, from + inputs * kind.gates() * units + (gate * units + unit) * units);
  }

  private double bias(int bias, int unit) {
    return parameters[from + (inputs + units) * kind.gates() * units + bias * units + unit];
  }

  private double product(double[] values, int at) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * parameters[at + i];
    }
    return sum;
  }

  private static double[] times(double[] values, float[] factors) {
    double[] result = values.clone();
    for (int i = 0; i < factors.length; i++) {
      result[i] *= factors[i];
    }
    return result;
  }

  private static double sigmoid(double value) {
    return 1 / (1 + Math.exp(-value));
  }
}
