package io.sentimentstreams.layers;

import io.sentimentstreams.kernel.VectorLoops;
import java.io.Serial;
import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link SequencePooling} at work. Not safe for use by several threads at once. */
final class SequencePoolingLayer extends AbstractLayer<SequencePooling> {
  @Serial private static final long serialVersionUID = 1L;

  private transient @Nullable TokenOrder order;
  private transient int features;

  // Of the rows in the order of TokenOrder, [rows * features].
  private transient float[] largest = {};
  private transient float[] steps = {}; // at which the largest value was found first
  private transient float[] total = {};
  private transient float[] block = {};

  SequencePoolingLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    INDArray x = Sequences.ordered(input); // [batch, features, time]
    TokenOrder tokens =
        TokenOrder.of(maskArray, Math.toIntExact(x.size(0)), Math.toIntExact(x.size(2)));
    features = Math.toIntExact(x.size(1));
    order = tokens;
    try {
      reduce(tokens, Sequences.floats(x), training);
    } finally {
      Reference.reachabilityFence(x);
    }
    INDArray output =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, DataType.FLOAT, new long[] {tokens.batch(), width()}, 'c');
    if (tokens.rowsAt(0) < tokens.batch()) {
      Sequences.cleared(output);
    }
    put(tokens, Sequences.floats(output));
    return output;
  }

  private int width() {
    return layerConf().kind().parts() * features;
  }

  private void reduce(TokenOrder tokens, FloatBuffer x, boolean training) {
    int cells = tokens.rowsAt(0) * features;
    reserve(cells);
    Arrays.fill(largest, 0, cells, Float.NEGATIVE_INFINITY);
    Arrays.fill(total, 0, cells, 0);
    for (int step = 0; step < tokens.steps(); step++) {
      int n = gather(tokens, x, step);
      if (layerConf().kind().max()) {
        max(largest, block, n);
      }
      if (layerConf().kind().average()) {
        VectorLoops.add(total, block, n);
      }
    }
    if (training && layerConf().kind().max()) {
      Arrays.fill(steps, 0, cells, 0);
      for (int step = tokens.steps() - 1; step >= 0; step--) {
        find(block, gather(tokens, x, step), largest, step, steps);
      }
    }
  }

  /** Copies a step's values into the block; returns how many. */
  private int gather(TokenOrder tokens, FloatBuffer x, int step) {
    int[] places = tokens.places(false);
    int start = tokens.start(step);
    int rows = tokens.rowsAt(step);
    for (int row = 0; row < rows; row++) {
      x.get(places[start + row] * features, block, row * features, features);
    }
    return rows * features;
  }

  private void reserve(int cells) {
    if (largest.length < cells) {
      largest = new float[cells];
      steps = new float[cells];
      total = new float[cells];
      block = new float[cells];
    }
  }

  private static void max(float[] largest, float[] values, int n) {
    for (int i = 0; i < n; i++) {
      largest[i] = Math.max(largest[i], values[i]);
    }
  }

  /**
   * Notes the step where the largest values are. Apart from finding them, and by arithmetic: a
   * branch that is taken now and then costs more than a second reading, and keeps HotSpot from
   * vectorizing the loop.
   */
  private static void find(float[] values, int n, float[] largest, int step, float[] steps) {
    for (int i = 0; i < n; i++) {
      // 0 where they are equal, else 1: the least difference of two floats is 0x1p-149.
      float less = Math.min(1f, (largest[i] - values[i]) * 0x1p75f * 0x1p75f);
      steps[i] = step + less * (steps[i] - step);
    }
  }

  private void put(TokenOrder tokens, FloatBuffer output) {
    SequencePooling.Kind kind = layerConf().kind();
    for (int row = 0; row < tokens.rowsAt(0); row++) {
      int to = tokens.row(row) * width();
      if (kind.max()) {
        output.put(to, largest, row * features, features);
        to += features;
      }
      if (kind.average()) {
        float length = tokens.length(row);
        for (int i = 0; i < features; i++) {
          output.put(to + i, total[row * features + i] / length);
        }
      }
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    TokenOrder tokens = order;
    if (tokens == null) {
      throw new IllegalStateException("no forward pass went before");
    }
    SequencePooling.Kind kind = layerConf().kind();
    INDArray inputLoss =
        Sequences.create(
            workspaces,
            ArrayType.ACTIVATION_GRAD,
            tokens.batch(),
            features,
            tokens.time(),
            tokens.isDense() && kind.average());
    float[] losses = Sequences.values(epsilon); // [batch, width]
    FloatBuffer target = Sequences.floats(inputLoss);
    if (kind.average()) {
      putAverages(tokens, losses, target);
    }
    if (kind.max()) {
      addLargest(tokens, losses, target);
    }
    return new Pair<>(new DefaultGradient(), inputLoss);
  }

  private void putAverages(TokenOrder tokens, float[] losses, FloatBuffer target) {
    int offset = layerConf().kind().max() ? features : 0;
    for (int row = 0; row < tokens.rowsAt(0); row++) {
      float length = tokens.length(row);
      for (int i = 0; i < features; i++) {
        block[row * features + i] = losses[tokens.row(row) * width() + offset + i] / length;
      }
    }
    int[] places = tokens.places(false);
    for (int step = 0; step < tokens.steps(); step++) {
      for (int row = 0; row < tokens.rowsAt(step); row++) {
        target.put(places[tokens.start(step) + row] * features, block, row * features, features);
      }
    }
  }

  private void addLargest(TokenOrder tokens, float[] losses, FloatBuffer target) {
    int[] places = tokens.places(false);
    for (int row = 0; row < tokens.rowsAt(0); row++) {
      for (int i = 0; i < features; i++) {
        int step = (int) steps[row * features + i]; // 0 for what is no number
        int at = places[tokens.start(step) + row] * features + i;
        target.put(at, target.get(at) + losses[tokens.row(row) * width() + i]);
      }
    }
  }

  @Override
  public Pair<@Nullable INDArray, MaskState> feedForwardMaskArray(
      @Nullable INDArray mask, MaskState state, int batch) {
    setMaskArray(mask);
    return new Pair<>(null, MaskState.Passthrough);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {
    // It has no parameters.
  }

  @Override
  public Layer clone() {
    return new SequencePoolingLayer(conf.clone(), dataType);
  }
}
