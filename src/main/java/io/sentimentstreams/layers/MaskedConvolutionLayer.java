package io.sentimentstreams.layers;

import java.io.Serial;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@link MaskedConvolution} at work. Not safe for use by several threads at once. */
final class MaskedConvolutionLayer extends BaseLayer<MaskedConvolution> {
  @Serial private static final long serialVersionUID = 1L;

  private final transient ConvolutionPass pass;
  private transient @Nullable TokenOrder order;

  MaskedConvolutionLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
    pass = ((MaskedConvolution) conf.getLayer()).pass();
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    INDArray x = Sequences.ordered(input); // [batch, inputs, time]
    TokenOrder tokens =
        TokenOrder.of(maskArray, Math.toIntExact(x.size(0)), Math.toIntExact(x.size(2)));
    INDArray output =
        Sequences.create(
            workspaces,
            ArrayType.ACTIVATIONS,
            tokens.batch(),
            layerConf().getNOut(),
            pass.outputTime(tokens.time()),
            tokens.isDense());
    try {
      pass.forward(
          tokens,
          Sequences.floats(x),
          Sequences.pointer(getParam(MaskedConvolution.KERNEL)),
          getParam(MaskedConvolution.BIAS).toFloatVector(),
          training,
          Sequences.floats(output));
    } finally {
      Reference.reachabilityFence(x);
    }
    order = tokens;
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    TokenOrder tokens = order;
    if (tokens == null) {
      throw new IllegalStateException("no forward pass went before");
    }
    order = null;
    INDArray losses = Sequences.ordered(epsilon);
    INDArray inputLoss =
        Sequences.create(
            workspaces,
            ArrayType.ACTIVATION_GRAD,
            tokens.batch(),
            layerConf().getNIn(),
            tokens.time(),
            tokens.isDense());
    try {
      pass.backward(
          Sequences.floats(losses),
          Sequences.floats(inputLoss),
          Sequences.pointer(getParam(MaskedConvolution.KERNEL)),
          Sequences.pointer(Sequences.cleared(gradient(MaskedConvolution.KERNEL))),
          Sequences.pointer(gradient(MaskedConvolution.BIAS)));
    } finally {
      Reference.reachabilityFence(losses);
    }
    return new Pair<>(
        Wiring.gradient(gradientsFlattened, gradientViews), backpropDropOutIfPresent(inputLoss));
  }

  private INDArray gradient(String parameter) {
    return Objects.requireNonNull(gradientViews.get(parameter), parameter);
  }

  /** The mask of the output: of shorter outputs, as many of the first places as a text has. */
  @Override
  public Pair<@Nullable INDArray, MaskState> feedForwardMaskArray(
      @Nullable INDArray mask, MaskState state, int batch) {
    setMaskArray(mask);
    if (mask == null || layerConf().same()) {
      return new Pair<>(mask, MaskState.Passthrough);
    }
    int outputs = pass.outputTime(Math.toIntExact(mask.size(1)));
    float[] lengths = mask.castTo(DataType.FLOAT).sum(1).toFloatVector();
    float[] output = new float[lengths.length * outputs]; // [batch, outputs]
    for (int row = 0; row < lengths.length; row++) {
      int count = lengths[row] == 0 ? 0 : pass.outputTime((int) lengths[row]);
      Arrays.fill(output, row * outputs, row * outputs + count, 1);
    }
    return new Pair<>(
        Nd4j.create(output, new long[] {lengths.length, outputs}, 'c'), MaskState.Passthrough);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public Layer clone() {
    return layerConf()
        .instantiate(conf.clone(), trainingListeners, index, params().dup(), false, dataType);
  }
}
