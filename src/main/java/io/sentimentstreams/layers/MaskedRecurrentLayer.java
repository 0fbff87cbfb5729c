package io.sentimentstreams.layers;

import java.io.Serial;
import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.BaseRecurrentLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@link MaskedRecurrent} at work. Not safe for use by several threads at once. */
final class MaskedRecurrentLayer extends BaseRecurrentLayer<MaskedRecurrent> {
  @Serial private static final long serialVersionUID = 1L;

  // Deeplearning4j's layers are Serializable by name; none is ever serialized here.
  private final transient List<Way> ways = new ArrayList<>();

  /** The order of the last forward pass. */
  private transient @Nullable TokenOrder order;

  /** A direction, with the prefix of its parameters. */
  private record Way(String prefix, boolean reversed, int offset, RecurrentPass pass) {}

  MaskedRecurrentLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
    MaskedRecurrent layer = (MaskedRecurrent) conf.getLayer();
    List<String> prefixes = RecurrentParameters.prefixes(layer);
    for (int i = 0; i < prefixes.size(); i++) {
      boolean reversed = i == 1 || layer.direction() == MaskedRecurrent.Direction.BACKWARD;
      RecurrentPass pass = RecurrentPass.of(layer.kind(), layer.inputs(), layer.units());
      ways.add(new Way(prefixes.get(i), reversed, i * layer.units(), pass));
    }
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    MaskedRecurrent layer = layerConf();
    INDArray x = Sequences.ordered(input); // [batch, inputs, time]
    int batch = Math.toIntExact(x.size(0));
    int time = Math.toIntExact(x.size(2));
    TokenOrder tokens = TokenOrder.of(maskArray, batch, time);
    INDArray output = output(layer, tokens, workspaces);
    try {
      forward(Sequences.floats(x), tokens, training, Sequences.floats(output));
    } finally {
      Reference.reachabilityFence(x);
    }
    order = tokens;
    return output;
  }

  private void forward(FloatBuffer x, TokenOrder tokens, boolean training, FloatBuffer output) {
    MaskedRecurrent layer = layerConf();
    RowValues rows = new RowValues(output, layer.outputs(), 0, layer.sequences());
    for (Way way : ways) {
      way.pass()
          .forward(
              tokens,
              tokens.places(way.reversed()),
              x,
              RecurrentParameters.weights(params, way.prefix()),
              training ? dropouts(layer, tokens) : RecurrentPass.Dropouts.NONE,
              training,
              rows.at(way.offset()));
    }
  }

  /** Room for the outputs: zero where no token's output goes. */
  private static INDArray output(
      MaskedRecurrent layer, TokenOrder tokens, LayerWorkspaceMgr workspaces) {
    if (layer.sequences()) {
      return Sequences.createForTokens(
          workspaces,
          ArrayType.ACTIVATIONS,
          tokens.batch(),
          layer.outputs(),
          tokens.time(),
          tokens.places(false));
    }
    INDArray output =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS,
            DataType.FLOAT,
            new long[] {tokens.batch(), layer.outputs()},
            'c');
    return tokens.isDense() ? output : Sequences.cleared(output);
  }

  private static RecurrentPass.Dropouts dropouts(MaskedRecurrent layer, TokenOrder tokens) {
    int rows = tokens.rowsAt(0);
    return new RecurrentPass.Dropouts(
        factors(layer.inputDropout(), rows * layer.inputs()),
        factors(layer.recurrentDropout(), rows * layer.units()));
  }

  /** For each value 0, or what the others grow by so that the mean stays; null for no dropout. */
  static float @Nullable [] factors(double dropout, int count) {
    if (dropout == 0) {
      return null;
    }
    SplittableRandom random = new SplittableRandom(Nd4j.getRandom().nextLong());
    float kept = (float) (1 / (1 - dropout));
    float[] factors = new float[count];
    for (int i = 0; i < count; i++) {
      factors[i] = random.nextDouble() < dropout ? 0 : kept;
    }
    return factors;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    MaskedRecurrent layer = layerConf();
    TokenOrder tokens = order;
    if (tokens == null) {
      throw new IllegalStateException("no forward pass went before");
    }
    INDArray losses = layer.sequences() ? Sequences.ordered(epsilon) : Sequences.rows(epsilon);
    INDArray inputLoss =
        Sequences.createForTokens(
            workspaces,
            ArrayType.ACTIVATION_GRAD,
            tokens.batch(),
            layer.inputs(),
            tokens.time(),
            tokens.places(false));
    try {
      backward(Sequences.floats(losses), Sequences.floats(inputLoss));
    } finally {
      Reference.reachabilityFence(losses);
    }
    order = null;
    return new Pair<>(
        Wiring.gradient(gradientsFlattened, gradientViews), backpropDropOutIfPresent(inputLoss));
  }

  private void backward(FloatBuffer losses, FloatBuffer inputLoss) {
    MaskedRecurrent layer = layerConf();
    RowValues rows = new RowValues(losses, layer.outputs(), 0, layer.sequences());
    boolean add = false;
    for (Way way : ways) {
      way.pass()
          .backward(
              rows.at(way.offset()),
              inputLoss,
              add,
              RecurrentParameters.weights(params, way.prefix()),
              RecurrentParameters.weights(gradientViews, way.prefix()));
      add = true;
    }
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      @Nullable INDArray mask, MaskState state, int batch) {
    setMaskArray(mask);
    return new Pair<>(layerConf().sequences() ? mask : null, MaskState.Passthrough);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public Layer.Type type() {
    return Layer.Type.RECURRENT;
  }

  @Override
  public Layer clone() {
    return layerConf()
        .instantiate(conf.clone(), trainingListeners, index, params().dup(), false, dataType);
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
