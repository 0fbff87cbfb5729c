package io.sentimentstreams.model;

import io.sentimentstreams.kernel.OpenBlas;
import io.sentimentstreams.kernel.VectorLoops;
import org.bytedeco.javacpp.FloatPointer;

/** The layers of a network after the pooling: an optional dense relu layer, and softmax. */
final class CompiledHead implements AutoCloseable {
  /** A dense layer: {@code [inputs, outputs]} and {@code [outputs]}. */
  private record Dense(FloatPointer kernel, Tensor bias, int inputs) implements AutoCloseable {
    static Dense of(Weights weights, String name) {
      Tensor kernel = weights.tensor(name + ".kernel");
      return new Dense(
          new FloatPointer(kernel.values()), weights.tensor(name + ".bias"), kernel.shape()[0]);
    }

    int outputs() {
      return bias.shape()[0];
    }

    @Override
    public void close() {
      kernel.close();
    }
  }

  private final Dense[] layers;

  CompiledHead(Weights weights) {
    layers =
        weights.names().contains("hidden.kernel")
            ? new Dense[] {Dense.of(weights, "hidden"), Dense.of(weights, "output")}
            : new Dense[] {Dense.of(weights, "output")};
  }

  /** Bytes of the weights. */
  long bytes() {
    long floats = 0;
    for (Dense layer : layers) {
      floats += layer.kernel().capacity() + layer.outputs();
    }
    return floats * Float.BYTES;
  }

  /** What a thread computes with, for batches of up to {@code rows} texts. */
  Scratch scratch(int rows) {
    return new Scratch(rows);
  }

  @Override
  public void close() {
    for (Dense layer : layers) {
      layer.close();
    }
  }

  /** A thread's memory. */
  final class Scratch implements AutoCloseable {
    private final FloatPointer[] inputs = new FloatPointer[layers.length]; // [batch, inputs]
    private final FloatPointer outputs; // [batch, outputs]
    private final float[] values; // [batch, outputs]

    private Scratch(int rows) {
      int widest = 0;
      for (int i = 0; i < layers.length; i++) {
        inputs[i] = new FloatPointer((long) rows * layers[i].inputs());
        widest = Math.max(widest, layers[i].outputs());
      }
      outputs = new FloatPointer((long) rows * widest);
      values = new float[rows * widest];
    }

    /**
     * The class probabilities.
     *
     * @param features {@code [rows, features]}
     * @return {@code [rows][labels]}
     * @throws InferenceException where one is no number
     */
    float[][] probabilities(float[] features, int rows) {
      float[] input = features;
      for (int i = 0; i < layers.length; i++) {
        if (i > 0) {
          VectorLoops.relu(values, rows * layers[i].inputs());
        }
        inputs[i].put(input, 0, rows * layers[i].inputs());
        multiply(layers[i], inputs[i], rows);
        input = values;
      }
      return softmax(rows);
    }

    private void multiply(Dense layer, FloatPointer input, int rows) {
      int columns = layer.outputs();
      OpenBlas.multiply(rows, columns, layer.inputs(), input, layer.kernel(), outputs);
      outputs.get(values, 0, rows * columns);
      float[] bias = layer.bias().values();
      for (int i = 0; i < rows * columns; i++) {
        values[i] += bias[i % columns];
      }
    }

    private float[][] softmax(int rows) {
      int labels = layers[layers.length - 1].outputs();
      float[][] probabilities = new float[rows][labels];
      for (int row = 0; row < rows; row++) {
        softmax(row * labels, probabilities[row]);
        BackendChecks.requireFinite(probabilities[row]);
      }
      return probabilities;
    }

    /** {@code exp(x) / sum(exp(x))}, moved by the largest so that nothing overflows. */
    private void softmax(int from, float[] probabilities) {
      float largest = Float.NEGATIVE_INFINITY;
      for (int label = 0; label < probabilities.length; label++) {
        largest = Math.max(largest, values[from + label]);
      }
      double sum = 0;
      for (int label = 0; label < probabilities.length; label++) {
        double value = Math.exp(values[from + label] - largest);
        probabilities[label] = (float) value;
        sum += value;
      }
      for (int label = 0; label < probabilities.length; label++) {
        probabilities[label] = (float) (probabilities[label] / sum);
      }
    }

    @Override
    public void close() {
      for (FloatPointer input : inputs) {
        input.close();
      }
      outputs.close();
    }
  }
}
