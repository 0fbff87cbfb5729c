package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Between the weights of a Deeplearning4j graph and those of a bundle.
 *
 * <p>A bundle has the layouts of Keras: LSTM gates in the order input, forget, candidate, output,
 * and convolution kernels {@code [width, embedding, filters]}. Deeplearning4j orders an LSTM's
 * blocks candidate, forget, output, input. Its one-dimensional convolution declares the shape
 * {@code [filters, embedding, width, 1]} but reads the same values in row-major order as {@code
 * [width, embedding, filters]}, as measured with release 1.0.0-M2.1. All other weights are the same
 * in both.
 */
final class WeightLayout {
  static final String EMBEDDING = "embedding";
  static final String FORWARD = "forward";
  static final String BACKWARD = "backward";
  static final String CONVOLUTION = "convolution";
  static final String HIDDEN = "hidden";
  static final String OUTPUT = "output";

  private static final int GATES = 4;

  /** Place of a bundle's gates (input, forget, candidate, output) among the graph's blocks. */
  private static final int[] GRAPH_BLOCK = {3, 1, 0, 2};

  /** How a graph's values, in row-major order, become a bundle's and back. */
  private enum Order {
    SAME,
    GATES,
    CONVOLUTION,
    /** The kernel of pooled features, the second half of which are scaled means. */
    MEANS
  }

  /** One tensor of a bundle and the parameter of a graph that it is. */
  private record Entry(String name, String layer, String parameter, Order order) {}

  private WeightLayout() {}

  static Weights read(ComputationGraph graph, NetworkSpec spec) {
    List<Tensor> tensors = new ArrayList<>();
    float meanScale = meanScale(graph);
    for (Entry entry : entries(spec)) {
      INDArray parameter = parameter(graph, entry);
      int[] shape = bundleShape(parameter, entry);
      float[] values = converted(values(parameter), shape, entry.order(), true, meanScale);
      tensors.add(new Tensor(entry.name(), shape, values));
    }
    return Weights.of(tensors);
  }

  static void write(ComputationGraph graph, NetworkSpec spec, Weights weights) {
    List<Entry> entries = entries(spec);
    requireNames(entries, weights);
    float meanScale = meanScale(graph);
    for (Entry entry : entries) {
      INDArray parameter = parameter(graph, entry);
      Tensor tensor = weights.tensor(entry.name());
      int[] shape = bundleShape(parameter, entry);
      if (!Arrays.equals(tensor.shape(), shape)) {
        throw new InvalidInputException(
            "weights: %s has shape %s, but the network needs %s"
                .formatted(entry.name(), Arrays.toString(tensor.shape()), Arrays.toString(shape)));
      }
      float[] values = converted(tensor.values(), shape, entry.order(), false, 1 / meanScale);
      try (INDArray source = Nd4j.create(values, parameter.shape(), 'c')) {
        parameter.assign(source);
      }
    }
  }

  private static void requireNames(List<Entry> entries, Weights weights) {
    List<String> expected = entries.stream().map(Entry::name).sorted().toList();
    List<String> actual = weights.names().stream().sorted().toList();
    if (!expected.equals(actual)) {
      throw new InvalidInputException(
          "weights: hold %s, but the network needs %s".formatted(actual, expected));
    }
  }

  private static List<Entry> entries(NetworkSpec spec) {
    List<Entry> entries = new ArrayList<>();
    Order pooled =
        NetworkForm.require(spec).pooling() == Pooling.MAX_AND_MEAN ? Order.MEANS : Order.SAME;
    entries.add(new Entry("embedding.weight", EMBEDDING, "W", Order.SAME));
    if (NetworkForm.require(spec) instanceof NetworkForm.BiLstm) {
      addLstm(entries, "lstm.forward", FORWARD);
      addLstm(entries, "lstm.backward", BACKWARD);
    } else if (NetworkForm.require(spec) instanceof NetworkForm.Conv1dPool conv1d) {
      entries.add(new Entry("conv1d.kernel", CONVOLUTION, "W", Order.CONVOLUTION));
      entries.add(new Entry("conv1d.bias", CONVOLUTION, "b", Order.SAME));
      if (conv1d.hidden() > 0) {
        addDense(entries, "hidden", HIDDEN, pooled);
        pooled = Order.SAME;
      }
    }
    addDense(entries, "output", OUTPUT, pooled);
    return entries;
  }

  private static void addLstm(List<Entry> entries, String name, String layer) {
    entries.add(new Entry(name + ".kernel", layer, "W", Order.GATES));
    entries.add(new Entry(name + ".recurrent_kernel", layer, "RW", Order.GATES));
    entries.add(new Entry(name + ".bias", layer, "b", Order.GATES));
  }

  private static void addDense(List<Entry> entries, String name, String layer, Order kernel) {
    entries.add(new Entry(name + ".kernel", layer, "W", kernel));
    entries.add(new Entry(name + ".bias", layer, "b", Order.SAME));
  }

  private static INDArray parameter(ComputationGraph graph, Entry entry) {
    return graph.getLayer(entry.layer()).getParam(entry.parameter());
  }

  /** The parameter's values in row-major order. */
  private static float[] values(INDArray parameter) {
    try (INDArray copy = parameter.dup('c')) {
      return copy.data().asFloat();
    }
  }

  private static int[] bundleShape(INDArray parameter, Entry entry) {
    int[] shape = Arrays.stream(parameter.shape()).mapToInt(Math::toIntExact).toArray();
    if (entry.order() == Order.CONVOLUTION) {
      return new int[] {shape[2], shape[1], shape[0]};
    }
    return shape;
  }

  /** By how much the graph scales the means that it pools; a bundle's network does not. */
  private static float meanScale(ComputationGraph graph) {
    return graph.getConfiguration().getVertices().values().stream()
        .filter(ScaleVertex.class::isInstance)
        .map(vertex -> (float) ((ScaleVertex) vertex).getScaleFactor())
        .findFirst()
        .orElse(1f);
  }

  private static float[] converted(
      float[] values, int[] shape, Order order, boolean toBundle, float meanFactor) {
    return switch (order) {
      case SAME, CONVOLUTION -> values;
      case GATES -> gates(values, shape[shape.length - 1], toBundle);
      case MEANS -> means(values, meanFactor);
    };
  }

  /** Scales the second half of the rows. */
  private static float[] means(float[] values, float scale) {
    float[] result = values.clone();
    for (int i = values.length / 2; i < values.length; i++) {
      result[i] *= scale;
    }
    return result;
  }

  /** Reorders the gates of {@code [rows, columns]}, columns = 4 * units. */
  private static float[] gates(float[] values, int columns, boolean toBundle) {
    int units = columns / GATES;
    float[] result = new float[values.length];
    for (int row = 0; row < values.length; row += columns) {
      for (int gate = 0; gate < GATES; gate++) {
        int bundle = row + gate * units;
        int graph = row + GRAPH_BLOCK[gate] * units;
        System.arraycopy(
            values, toBundle ? graph : bundle, result, toBundle ? bundle : graph, units);
      }
    }
    return result;
  }
}
