package io.sentimentstreams.model;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import java.io.Serial;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.params.LSTMParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An LSTM over {@code [batch, inputs, time]} (Hochreiter and Schmidhuber 1997, forget gate of Gers
 * et al. 2000), for the CPU.
 *
 * <p>State and output are set to zero wherever the mask is zero. A text is padded at its end, so
 * the backward direction, which starts on the padding, meets the text's last token with a fresh
 * state, and results and gradients are those of the text alone.
 *
 * <p>All arrays are column-major, as Deeplearning4j keeps them: a time step is one block of memory,
 * a gate one block of a step, the batch its fastest index. Matrix products run natively; what is
 * done element by element runs in plain loops over such blocks ({@link LstmMath}).
 *
 * <p>Not safe for use by several threads at once.
 */
final class MaskedLstmLayer extends LSTM {
  @Serial private static final long serialVersionUID = 1L;
  private static final int GATES = 4;

  private final boolean backward;

  /** What the last forward pass of a training step left for the backward pass. */
  private transient @Nullable LstmTrace trace;

  MaskedLstmLayer(NeuralNetConfiguration conf, DataType type, boolean backward) {
    super(conf, type);
    this.backward = backward;
  }

  @Override
  public INDArray activate(INDArray input, boolean training, LayerWorkspaceMgr workspaces) {
    setInput(input, workspaces);
    return activate(training, workspaces);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    INDArray x = columnMajor(input); // [batch, inputs, time]
    LstmTrace states =
        new LstmTrace(x.size(0), layerConf().getNOut(), x.size(2), maskArray, training);
    INDArray out =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS,
            DataType.FLOAT,
            new long[] {states.batch, states.units, states.steps},
            'f');
    forward(x, out, states, workspaces);
    trace = training ? states : null;
    return out;
  }

  private void forward(INDArray x, INDArray out, LstmTrace states, LayerWorkspaceMgr workspaces) {
    INDArray w = getParam(LSTMParamInitializer.INPUT_WEIGHT_KEY); // [inputs, 4 * units]
    INDArray rw = getParam(LSTMParamInitializer.RECURRENT_WEIGHT_KEY); // [units, 4 * units]
    float[] bias = tiled(getParam(LSTMParamInitializer.BIAS_KEY), states);
    INDArray z = gates(states, ArrayType.FF_WORKING_MEM, workspaces); // [batch, 4 * units]
    float[] sums = new float[GATES * states.cells];
    float[] h = new float[states.cells];
    for (int step = 0; step < states.steps; step++) {
      int time = timeOf(step, states);
      Nd4j.gemm(x.get(all(), all(), point(time)), w, z, false, false, 1, 0);
      if (step > 0) {
        INDArray previous = out.get(all(), all(), point(timeOf(step - 1, states)));
        Nd4j.gemm(previous, rw, z, false, false, 1, 1);
      }
      read(z, 0, sums);
      LstmMath.step(states, step, time, sums, bias, h);
      write(out, (long) time * states.cells, h);
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    LstmTrace states = trace;
    if (states == null) {
      throw new IllegalStateException("no forward pass of a training step went before");
    }
    trace = null;
    INDArray x = columnMajor(input);
    INDArray inputGradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, DataType.FLOAT, x.shape(), 'f'); // [batch, inputs, time]
    backward(x, columnMajor(epsilon), inputGradient, states, workspaces);
    Gradient gradient = new DefaultGradient(gradientsFlattened);
    gradientViews.forEach((name, view) -> gradient.gradientForVariable().put(name, view));
    return new Pair<>(gradient, backpropDropOutIfPresent(inputGradient));
  }

  private void backward(
      INDArray x,
      INDArray epsilon,
      INDArray inputGradient,
      LstmTrace states,
      LayerWorkspaceMgr workspaces) {
    INDArray w = getParam(LSTMParamInitializer.INPUT_WEIGHT_KEY);
    INDArray rw = getParam(LSTMParamInitializer.RECURRENT_WEIGHT_KEY);
    INDArray wGradient = gradientView(LSTMParamInitializer.INPUT_WEIGHT_KEY);
    INDArray rwGradient = gradientView(LSTMParamInitializer.RECURRENT_WEIGHT_KEY);
    wGradient.assign(0);
    rwGradient.assign(0);
    INDArray dz = gates(states, ArrayType.BP_WORKING_MEM, workspaces); // [batch, 4 * units]
    INDArray dhPrevious =
        workspaces.createUninitialized(
            ArrayType.BP_WORKING_MEM, DataType.FLOAT, new long[] {states.batch, states.units}, 'f');
    INDArray hPrevious = dhPrevious.ulike(); // [batch, units]
    float[] dSums = new float[GATES * states.cells];
    float[] biasSums = new float[GATES * states.cells];
    float[] dh = new float[states.cells];
    float[] recurrent = new float[states.cells];
    float[] dc = new float[states.cells];
    for (int step = states.steps - 1; step >= 0; step--) {
      int time = timeOf(step, states);
      read(epsilon, (long) time * states.cells, dh);
      if (step < states.steps - 1) {
        read(dhPrevious, 0, recurrent);
        LstmMath.add(dh, recurrent);
      }
      LstmMath.stepBack(states, step, time, dh, dc, dSums);
      LstmMath.add(biasSums, dSums);
      write(dz, 0, dSums);
      Nd4j.gemm(x.get(all(), all(), point(time)), dz, wGradient, true, false, 1, 1);
      Nd4j.gemm(dz, w, inputGradient.get(all(), all(), point(time)), false, true, 1, 0);
      if (step > 0) {
        write(hPrevious, 0, states.outputs(step - 1, recurrent));
        Nd4j.gemm(hPrevious, dz, rwGradient, true, false, 1, 1);
        Nd4j.gemm(dz, rw, dhPrevious, false, true, 1, 0);
      }
    }
    assignRowSums(gradientView(LSTMParamInitializer.BIAS_KEY), biasSums, states);
  }

  private INDArray gradientView(String parameter) {
    return Objects.requireNonNull(gradientViews.get(parameter), parameter);
  }

  private int timeOf(int step, LstmTrace states) {
    return backward ? states.steps - 1 - step : step;
  }

  private static INDArray gates(LstmTrace states, ArrayType type, LayerWorkspaceMgr workspaces) {
    return workspaces.createUninitialized(
        type, DataType.FLOAT, new long[] {states.batch, (long) GATES * states.units}, 'f');
  }

  /** Each unit's bias, as often as the batch has rows: {@code [4 * units * batch]}. */
  private static float[] tiled(INDArray bias, LstmTrace states) {
    float[] values = bias.toFloatVector();
    float[] tiled = new float[values.length * states.batch];
    for (int unit = 0; unit < values.length; unit++) {
      Arrays.fill(tiled, unit * states.batch, (unit + 1) * states.batch, values[unit]);
    }
    return tiled;
  }

  private static void assignRowSums(INDArray target, float[] values, LstmTrace states) {
    float[] sums = new float[values.length / states.batch];
    for (int unit = 0; unit < sums.length; unit++) {
      float sum = 0;
      for (int row = 0; row < states.batch; row++) {
        sum += values[unit * states.batch + row];
      }
      sums[unit] = sum;
    }
    target.assign(Nd4j.createFromArray(sums).reshape(target.shape()));
  }

  private static INDArray columnMajor(INDArray array) {
    boolean fits = array.ordering() == 'f' && Shape.hasDefaultStridesForShape(array);
    return fits ? array : array.dup('f');
  }

  private static void read(INDArray from, long offset, float[] to) {
    try {
      floats(from).position(offset).get(to, 0, to.length);
    } finally {
      Reference.reachabilityFence(from);
    }
  }

  private static void write(INDArray to, long offset, float[] from) {
    try {
      floats(to).position(offset).put(from, 0, from.length);
    } finally {
      Reference.reachabilityFence(to);
    }
  }

  /** An array's memory, which is the array's only as long as that is reachable. */
  private static FloatPointer floats(INDArray array) {
    return (FloatPointer) array.data().addressPointer();
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      @Nullable INDArray mask, MaskState state, int batch) {
    setMaskArray(mask);
    return new Pair<>(mask, MaskState.Passthrough);
  }

  @Override
  public INDArray rnnTimeStep(INDArray input, LayerWorkspaceMgr workspaces) {
    throw new UnsupportedOperationException("texts are computed whole");
  }

  @Override
  public INDArray rnnActivateUsingStoredState(
      INDArray input, boolean training, boolean store, LayerWorkspaceMgr workspaces) {
    throw new UnsupportedOperationException("texts are computed whole");
  }

  @Override
  public Pair<Gradient, INDArray> tbpttBackpropGradient(
      INDArray epsilon, int length, LayerWorkspaceMgr workspaces) {
    throw new UnsupportedOperationException("texts are computed whole");
  }
}
