package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.LayerShape.Steps;
import io.sentimentstreams.model.LayerSpec.Flatten;
import io.sentimentstreams.model.LayerSpec.GlobalMaxAveragePool;
import io.sentimentstreams.model.RecurrentSpec.Bidirectional;
import io.sentimentstreams.model.RecurrentSpec.Cell;
import io.sentimentstreams.model.RecurrentSpec.Gru;
import io.sentimentstreams.model.RecurrentSpec.Lstm;
import io.sentimentstreams.model.WeightedSpec.Conv1d;
import io.sentimentstreams.model.WeightedSpec.Dense;
import io.sentimentstreams.model.WeightedSpec.Embedding;
import io.sentimentstreams.model.WeightedSpec.TimeDistributed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Between the weights of a Deeplearning4j graph and those of a bundle, which has the layouts of
 * Keras; {@link WeightOrder} tells how they differ.
 */
final class WeightLayout {
  /** One tensor of a bundle and the parameter of a graph that it is. */
  private record Entry(String name, String vertex, String parameter, WeightOrder order) {}

  private final NetworkSpec spec;
  private final float meanScale;

  /** Whether the graph's layers are this project's. */
  private final boolean masked;

  private final List<Entry> entries = new ArrayList<>();

  private WeightLayout(NetworkSpec spec, ComputationGraph graph) {
    this.spec = spec;
    this.meanScale = meanScale(graph);
    this.masked = NetworkGraph.isMasked(graph, spec);
    addEntries();
  }

  static Weights read(ComputationGraph graph, NetworkSpec spec) {
    List<Tensor> tensors = new ArrayList<>();
    for (Entry entry : new WeightLayout(spec, graph).entries) {
      INDArray parameter = parameter(graph, entry);
      float[] values = entry.order().toBundle(values(parameter), parameter.shape());
      tensors.add(new Tensor(entry.name(), entry.order().shape(parameter.shape()), values));
    }
    return Weights.of(tensors);
  }

  static void write(ComputationGraph graph, NetworkSpec spec, Weights weights) {
    WeightLayout layout = new WeightLayout(spec, graph);
    layout.requireNames(weights);
    for (Entry entry : layout.entries) {
      INDArray parameter = parameter(graph, entry);
      Tensor tensor = weights.tensor(entry.name());
      int[] shape = entry.order().shape(parameter.shape());
      if (!Arrays.equals(tensor.shape(), shape)) {
        throw new InvalidInputException(
            "weights: %s has shape %s, but the network needs %s"
                .formatted(entry.name(), Arrays.toString(tensor.shape()), Arrays.toString(shape)));
      }
      float[] values = entry.order().toGraph(tensor.values(), parameter.shape());
      try (INDArray source = Nd4j.create(values, parameter.shape(), 'c')) {
        parameter.assign(source);
      }
    }
  }

  private void requireNames(Weights weights) {
    List<String> expected = entries.stream().map(Entry::name).sorted().toList();
    List<String> actual = weights.names().stream().sorted().toList();
    if (!expected.equals(actual)) {
      throw new InvalidInputException(
          "weights: hold %s, but the network needs %s".formatted(actual, expected));
    }
  }

  private void addEntries() {
    List<LayerShape> shapes = spec.shapes(NetworkSize.of(1, 2));
    WeightOrder vector = WeightOrder.SAME; // of the rows of the next dense layer
    for (int index = 0; index < shapes.size(); index++) {
      LayerSpec layer = spec.layers().get(index);
      if (layer instanceof GlobalMaxAveragePool) {
        vector = WeightOrder.means(meanScale);
      } else if (layer instanceof Flatten) {
        vector = WeightOrder.flattened(((Steps) shapes.get(index - 1)).features());
      } else if (layer instanceof Dense) {
        add(index, "", "kernel", "W", vector);
        add(index, "", "bias", "b", WeightOrder.SAME);
        vector = WeightOrder.SAME;
      } else {
        add(index, layer);
      }
    }
  }

  private void add(int index, LayerSpec layer) {
    if (layer instanceof Embedding) {
      add(index, "", "weight", "W", WeightOrder.SAME);
    } else if (layer instanceof Conv1d) {
      add(index, "", "kernel", "W", masked ? WeightOrder.SAME : WeightOrder.CONVOLUTION);
      add(index, "", "bias", "b", WeightOrder.SAME);
    } else if (layer instanceof TimeDistributed) {
      add(index, "", "kernel", "W", masked ? WeightOrder.ONE_STEP : WeightOrder.PER_STEP);
      add(index, "", "bias", "b", WeightOrder.SAME);
    } else if (layer instanceof Bidirectional both) {
      addDirection(index, RecurrentGraph.FORWARD, "f", both.layer());
      addDirection(index, RecurrentGraph.BACKWARD, "b", both.layer());
    } else if (layer instanceof Cell cell) {
      addCell(index, "", "", "", cell);
    }
  }

  /** Of both directions, which are one layer of this project, or two of Deeplearning4j's. */
  private void addDirection(int index, String direction, String prefix, Cell cell) {
    addCell(index, direction, masked ? "" : direction, masked ? prefix : "", cell);
  }

  private void addCell(int index, String direction, String vertex, String prefix, Cell cell) {
    WeightOrder gates = cell instanceof Lstm ? WeightOrder.LSTM_GATES : WeightOrder.SAME;
    boolean twoBiases = cell instanceof Gru gru && gru.resetAfter();
    add(index, direction, "kernel", vertex, prefix + "W", gates);
    add(index, direction, "recurrent_kernel", vertex, prefix + "RW", gates);
    add(index, direction, "bias", vertex, prefix + "b", twoBiases ? WeightOrder.TWO_ROWS : gates);
  }

  private void add(
      int index, String direction, String tensor, String parameter, WeightOrder order) {
    add(index, direction, tensor, direction, parameter, order);
  }

  private void add(
      int index,
      String direction,
      String tensor,
      String vertex,
      String parameter,
      WeightOrder order) {
    String name = spec.names().get(index) + direction + "." + tensor;
    entries.add(new Entry(name, NetworkGraph.vertex(spec, index) + vertex, parameter, order));
  }

  private static INDArray parameter(ComputationGraph graph, Entry entry) {
    return graph.getLayer(entry.vertex()).getParam(entry.parameter());
  }

  /** The parameter's values in row-major order. */
  private static float[] values(INDArray parameter) {
    try (INDArray copy = parameter.dup('c')) {
      return copy.data().asFloat();
    }
  }

  /** By how much the graph scales the means that it pools; a bundle's network does not. */
  private static float meanScale(ComputationGraph graph) {
    return graph.getConfiguration().getVertices().values().stream()
        .filter(ScaleVertex.class::isInstance)
        .map(vertex -> (float) ((ScaleVertex) vertex).getScaleFactor())
        .findFirst()
        .orElse(1f);
  }
}
