package io.sentimentstreams.model;

import static io.sentimentstreams.model.OnnxGraph.attribute;
import static io.sentimentstreams.model.OnnxGraph.attributes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network in the operators of ONNX, see {@link #OPERATOR_SET}.
 *
 * <p>One input, {@code ids} {@code int64 [batch, time]}: token ids, padded at the end with 0, in a
 * batch of at least one text and one token. One output, {@code probabilities} {@code float [batch,
 * labels]}. A text's length is where its last id other than 0 stands, and at least 1, so that a row
 * of padding alone is computed as one token of id 0 instead of as no number. No result depends on
 * the padding: it is masked before convolution and pooling, and the LSTM knows the lengths.
 */
final class OnnxNetwork {
  /**
   * The version of the default domain's operators that a runtime must know: that of ONNX 1.8, of
   * 2020, the first in which the sums take their axes as an input and softmax has one axis.
   */
  static final int OPERATOR_SET = 13;

  static final String IDS = "ids";
  static final String NGRAMS = "ngrams";
  static final String PROBABILITIES = "probabilities";

  private static final String BATCH = "batch";
  private static final String TIME = "time";
  private static final String EMBEDDING = "embedding.weight";

  /**
   * Less than anything that a network computes: what padding counts as when the largest is sought.
   */
  private static final float LEAST = -Float.MAX_VALUE;

  private static final int GATES = 4;

  /**
   * Where the bundle's gates (input, forget, candidate, output) hold ONNX's (input, output, forget,
   * candidate).
   */
  private static final int[] BUNDLE_GATE = {0, 3, 1, 2};

  private final Weights weights;
  private final OnnxGraph graph;

  /** {@code [batch, time]}, true in a text, false beyond its end. */
  private String mask = "";

  /** {@code [batch, 1]}, as int64. */
  private String lengths = "";

  private OnnxNetwork(ModelBundle bundle) {
    weights = bundle.weights();
    graph =
        new OnnxGraph(
            bundle.name(),
            "Token ids to the probabilities of " + bundle.manifest().model().labels().names());
  }

  /** The network of a bundle with its weights, without what a {@link CalibratedBackend} adds. */
  static OnnxGraph of(ModelBundle bundle) {
    OnnxNetwork network = new OnnxNetwork(bundle);
    network.build(bundle.manifest().model(), Calibration.NONE, null);
    return network.graph;
  }

  /**
   * The whole model: the network, its calibration, and its n-grams, which are a second input.
   *
   * <p>That one is {@code ngrams}, {@code int64 [batch, ngrams]}: the n-grams that each text has,
   * each once, by their line, from 1, in the bundle's file of n-grams; 0 fills the rows up.
   */
  static OnnxGraph whole(ModelBundle bundle) {
    OnnxNetwork network = new OnnxNetwork(bundle);
    ModelSpec model = bundle.manifest().model();
    network.build(model, model.calibration(), bundle.ngrams().orElse(null));
    return network.graph;
  }

  private void build(ModelSpec model, Calibration calibration, @Nullable NgramScores ngrams) {
    graph.input(
        IDS,
        OnnxGraph.INT64,
        List.of(BATCH, TIME),
        "Ids of the vocabulary, a row a text, padded at the end with 0");
    addMask();
    String features;
    NetworkForm network = NetworkForm.require(model.network());
    if (network instanceof NetworkForm.BiLstm lstm) {
      features = addLstm(lstm);
    } else {
      features = addConvolution((NetworkForm.Conv1dPool) network);
    }
    String scores = addDense("output", features);
    if (!calibration.equals(Calibration.NONE)) {
      scores = addCalibration(scores, calibration, model.labels().size());
    }
    if (ngrams != null) {
      scores = addNgrams(scores, ngrams);
    }
    graph.node("Softmax", PROBABILITIES, List.of(scores), attribute("axis", 1));
    graph.output(
        PROBABILITIES,
        OnnxGraph.FLOAT,
        List.of(BATCH, model.labels().size()),
        "A row a text; in the order " + model.labels().names());
  }

  /**
   * The temperature and the bias: scores and the logarithms of their softmax differ by a number
   * that is the same for all labels, which the softmax that follows takes away.
   */
  private String addCalibration(String scores, Calibration calibration, int labels) {
    double[] biases = calibration.biases(labels);
    float[] bias = new float[labels];
    for (int label = 0; label < labels; label++) {
      bias[label] = (float) biases[label];
    }
    String scale = graph.constant("calibration.scale", (float) (1 / calibration.temperature()));
    String scaled = graph.node("Mul", "calibration.scaled", List.of(scores, scale));
    String shift = graph.constant("calibration.bias", new int[] {labels}, bias);
    return graph.node("Add", "calibration", List.of(scaled, shift));
  }

  private String addNgrams(String scores, NgramScores ngrams) {
    graph.input(
        NGRAMS,
        OnnxGraph.INT64,
        List.of(BATCH, NGRAMS),
        "Lines, from 1, of the text's n-grams in ngrams.txt, each once, filled up with 0");
    Tensor weight = ngrams.weight();
    int labels = weight.shape()[1];
    float[] rows = new float[weight.values().length + labels]; // [1 + n-grams, labels]
    System.arraycopy(weight.values(), 0, rows, labels, weight.values().length);
    String table = graph.constant("ngrams.weight", new int[] {1 + weight.shape()[0], labels}, rows);
    String found = graph.node("Gather", "ngrams.found", List.of(table, NGRAMS)); // [batch, n, _]
    return graph.node("Add", "ngrams.joined", List.of(scores, sum("ngrams.sum", found, 1)));
  }

  /** From the ids, which tokens are the texts'. Positions count from 1. */
  private void addMask() {
    String zero = graph.constant("zero", 0);
    String one = graph.constant("one", 1);
    String shape = graph.node("Shape", "shape", List.of(IDS));
    String time = graph.node("Gather", TIME, List.of(shape, one), attribute("axis", 0));
    String end = graph.node("Add", "end", List.of(time, one));
    String positions = graph.node("Range", "positions", List.of(one, end, one)); // [time]
    String padding = graph.node("Equal", "padding", List.of(IDS, zero));
    String ends = graph.node("Where", "ends", List.of(padding, one, positions));
    lengths =
        graph.node(
            "ReduceMax", "lengths", List.of(ends), attributes("axes", 1), attribute("keepdims", 1));
    mask = graph.node("LessOrEqual", "mask", List.of(positions, lengths));
  }

  /** Both directions, pooled: {@code [batch, features]}. */
  private String addLstm(NetworkForm.BiLstm lstm) {
    graph.constant(EMBEDDING, shape(EMBEDDING), values(EMBEDDING));
    String steps = graph.node("Transpose", "ids.steps", List.of(IDS), attributes("perm", 1, 0));
    String tokens = graph.node("Gather", "tokens", List.of(EMBEDDING, steps)); // [time, batch, _]
    String outputs = // [time, 2, batch, units]
        graph.node(
            "LSTM",
            "lstm",
            List.of(
                tokens,
                lstmKernel("kernel", lstm.embeddingSize(), lstm.units()),
                lstmKernel("recurrent_kernel", lstm.units(), lstm.units()),
                lstmBias(lstm.units()),
                lstmLengths()),
            attribute("direction", "bidirectional"),
            attribute("hidden_size", lstm.units()));
    String maskSteps =
        graph.node("Transpose", "mask.steps", List.of(mask), attributes("perm", 1, 0));
    String inText = // [time, 1, batch, 1]
        graph.node(
            "Unsqueeze", "mask.lstm", List.of(maskSteps, graph.constants("mask.lstm.axes", 1, 3)));
    String least = graph.constant("least", LEAST);
    String masked = graph.node("Where", "lstm.masked", List.of(inText, outputs, least));
    String largest =
        joinDirections("maximum", max("maximum.directions", masked, 0), 2 * lstm.units());
    if (lstm.pooling() == Pooling.MAX) {
      return largest;
    }
    String none = graph.constant("none", 0f);
    String summands = graph.node("Where", "lstm.summands", List.of(inText, outputs, none));
    String sums = joinDirections("sum", sum("sum.directions", summands, 0), 2 * lstm.units());
    return withMean(largest, sums);
  }

  /** {@code [2, batch, units]} to {@code [batch, 2 * units]}. */
  private String joinDirections(String name, String directions, int features) {
    String rows =
        graph.node("Transpose", name + ".rows", List.of(directions), attributes("perm", 1, 0, 2));
    // 0 is as many as there are.
    String shape = graph.constants(name + ".shape", 0, features);
    return graph.node("Reshape", name, List.of(rows, shape));
  }

  /** The lengths as the LSTM takes them: {@code int32 [batch]}. */
  private String lstmLengths() {
    String flat =
        graph.node("Squeeze", "lengths.flat", List.of(lengths, graph.constants("lengths.axes", 1)));
    return graph.node("Cast", "lengths.lstm", List.of(flat), attribute("to", OnnxGraph.INT32));
  }

  /**
   * Of {@code [inputs, 4 * units]} a direction: {@code [2, 4 * units, inputs]} in ONNX's gate
   * order.
   */
  private String lstmKernel(String name, int inputs, int units) {
    int rows = GATES * units;
    float[] values = new float[2 * rows * inputs];
    for (int direction = 0; direction < 2; direction++) {
      float[] kernel = values(direction(direction) + name);
      for (int row = 0; row < rows; row++) {
        int column = bundleColumn(row, units);
        for (int input = 0; input < inputs; input++) {
          values[(direction * rows + row) * inputs + input] = kernel[input * rows + column];
        }
      }
    }
    return graph.constant("lstm." + name, new int[] {2, rows, inputs}, values);
  }

  /** {@code [2, 8 * units]}: ONNX has a second bias, for the recurrent product; it is zero. */
  private String lstmBias(int units) {
    int rows = GATES * units;
    float[] values = new float[2 * 2 * rows];
    for (int direction = 0; direction < 2; direction++) {
      float[] bias = values(direction(direction) + "bias");
      for (int row = 0; row < rows; row++) {
        values[direction * 2 * rows + row] = bias[bundleColumn(row, units)];
      }
    }
    return graph.constant("lstm.bias", new int[] {2, 2 * rows}, values);
  }

  private static String direction(int direction) {
    return direction == 0 ? "lstm.forward." : "lstm.backward.";
  }

  private static int bundleColumn(int row, int units) {
    return BUNDLE_GATE[row / units] * units + row % units;
  }

  /** Convolution, relu, pooling and the dense layer: {@code [batch, features]}. */
  private String addConvolution(NetworkForm.Conv1dPool conv) {
    graph.constant(EMBEDDING, shape(EMBEDDING), values(EMBEDDING));
    String tokens = graph.node("Gather", "tokens", List.of(EMBEDDING, IDS));
    String ofTokens = // [batch, time, 1]
        graph.node(
            "Unsqueeze", "mask.tokens", List.of(mask, graph.constants("mask.tokens.axes", 2)));
    String factors =
        graph.node("Cast", "mask.factors", List.of(ofTokens), attribute("to", OnnxGraph.FLOAT));
    String inTexts = graph.node("Mul", "tokens.masked", List.of(tokens, factors));
    String channels = // [batch, embedding, time]
        graph.node("Transpose", "channels", List.of(inTexts), attributes("perm", 0, 2, 1));
    int left = (conv.width() - 1) / 2;
    String convolved = // [batch, filters, time]
        graph.node(
            "Conv",
            "conv1d",
            List.of(channels, convolutionKernel(conv), constant("conv1d.bias")),
            attributes("kernel_shape", conv.width()),
            attributes("pads", left, conv.width() - 1 - left));
    String active = graph.node("Relu", "conv1d.relu", List.of(convolved));
    // Nothing is less than 0 after relu: zeros beyond a text's end change neither maximum nor sum.
    String ofFilters = // [batch, 1, time]
        graph.node(
            "Unsqueeze", "mask.filters", List.of(mask, graph.constants("mask.filters.axes", 1)));
    String masked =
        graph.node(
            "Where", "conv1d.masked", List.of(ofFilters, active, graph.constant("none", 0f)));
    String features = max("maximum", masked, 2);
    if (conv.pooling() == Pooling.MAX_AND_MEAN) {
      features = withMean(features, sum("sum", masked, 2));
    }
    return conv.hidden() == 0
        ? features
        : graph.node("Relu", "hidden.relu", List.of(addDense("hidden", features)));
  }

  /** {@code [width, embedding, filters]} to {@code [filters, embedding, width]}. */
  private String convolutionKernel(NetworkForm.Conv1dPool conv) {
    float[] kernel = values("conv1d.kernel");
    int size = conv.embeddingSize();
    float[] values = new float[kernel.length];
    for (int at = 0; at < conv.width(); at++) {
      for (int i = 0; i < size; i++) {
        for (int filter = 0; filter < conv.filters(); filter++) {
          values[(filter * size + i) * conv.width() + at] =
              kernel[(at * size + i) * conv.filters() + filter];
        }
      }
    }
    return graph.constant("conv1d.kernel", new int[] {conv.filters(), size, conv.width()}, values);
  }

  private String max(String name, String input, int axis) {
    return graph.node(
        "ReduceMax", name, List.of(input), attributes("axes", axis), attribute("keepdims", 0));
  }

  private String sum(String name, String input, int axis) {
    String axes = graph.constants(name + ".axes", axis);
    return graph.node("ReduceSum", name, List.of(input, axes), attribute("keepdims", 0));
  }

  /** Largest values, and sums by length, of {@code [batch, features]} each, side by side. */
  private String withMean(String largest, String sums) {
    String divisors =
        graph.node("Cast", "lengths.float", List.of(lengths), attribute("to", OnnxGraph.FLOAT));
    String means = graph.node("Div", "mean", List.of(sums, divisors));
    return graph.node("Concat", "features", List.of(largest, means), attribute("axis", 1));
  }

  private String addDense(String name, String input) {
    return graph.node(
        "Gemm", name, List.of(input, constant(name + ".kernel"), constant(name + ".bias")));
  }

  /** A tensor of the bundle as it is. */
  private String constant(String name) {
    return graph.constant(name, shape(name), values(name));
  }

  private int[] shape(String name) {
    return weights.tensor(name).shape();
  }

  private float[] values(String name) {
    return weights.tensor(name).values();
  }
}
