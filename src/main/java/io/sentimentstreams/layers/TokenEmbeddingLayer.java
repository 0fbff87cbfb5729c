package io.sentimentstreams.layers;

import io.sentimentstreams.kernel.VectorLoops;
import java.io.Serial;
import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link TokenEmbedding} at work. Not safe for use by several threads at once. */
final class TokenEmbeddingLayer extends BaseLayer<TokenEmbedding> {
  @Serial private static final long serialVersionUID = 1L;
  private static final int NONE = -1;

  private transient boolean clear; // what the gradient is, until the next batch

  private transient Tokens tokens = new Tokens(new int[0], new int[0], 0, 0);

  /** Ids of the batch's tokens, and their places {@code time * batch + row}. */
  private static final class Tokens {
    private final int[] ids;
    private final int[] places;
    private final int batch;
    private final int time;

    Tokens(int[] ids, int[] places, int batch, int time) {
      this.ids = ids;
      this.places = places;
      this.batch = batch;
      this.time = time;
    }
  }

  TokenEmbeddingLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    tokens = tokens();
    int size = size();
    INDArray output =
        Sequences.createForTokens(
            workspaces, ArrayType.ACTIVATIONS, tokens.batch, size, tokens.time, tokens.places);
    FloatBuffer table = Sequences.floats(getParam(TokenEmbedding.TABLE));
    FloatBuffer target = Sequences.floats(output);
    for (int token = 0; token < tokens.ids.length; token++) {
      target.put(tokens.places[token] * size, table, tokens.ids[token] * size, size);
    }
    return output;
  }

  private int size() {
    return Math.toIntExact(layerConf().getNOut());
  }

  /** The tokens where the mask is 1, step by step. */
  private Tokens tokens() {
    int batch = Math.toIntExact(input.size(0));
    int time = Math.toIntExact(input.size(input.rank() - 1));
    float[] ids = Sequences.values(input);
    float[] mask = maskArray == null ? null : Sequences.values(maskArray);
    int[] found = new int[ids.length];
    int[] places = new int[ids.length];
    int count = 0;
    for (int step = 0; step < time; step++) {
      for (int row = 0; row < batch; row++) {
        int at = row * time + step;
        if (mask == null || mask[at] != 0) {
          found[count] = checked((int) ids[at]);
          places[count++] = step * batch + row;
        }
      }
    }
    return new Tokens(Arrays.copyOf(found, count), Arrays.copyOf(places, count), batch, time);
  }

  private int checked(int id) {
    if (id < 0 || id >= layerConf().getNIn()) {
      throw new IllegalArgumentException(
          "a token id is %d, but the table has the rows 0 to %d"
              .formatted(id, layerConf().getNIn() - 1));
    }
    return id;
  }

  @Override
  public Pair<Gradient, @Nullable INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray losses = Sequences.ordered(epsilon);
    INDArray gradient =
        Objects.requireNonNull(gradientViews.get(TokenEmbedding.TABLE), TokenEmbedding.TABLE);
    if (!clear) {
      Sequences.cleared(gradient);
    }
    clear = false;
    try {
      scatter(Sequences.floats(losses), Sequences.floats(gradient));
    } finally {
      Reference.reachabilityFence(losses);
    }
    return new Pair<>(Wiring.gradient(gradientsFlattened, gradientViews), null);
  }

  /** Says that the gradient's array is all zero, so that the next batch need not clear it. */
  void gradientIsClear() {
    clear = true;
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray gradients) {
    clear = false;
    super.setBackpropGradientsViewArray(gradients);
  }

  /** Sums the losses of each id's tokens. */
  private void scatter(FloatBuffer losses, FloatBuffer gradient) {
    int size = size();
    int[] first = new int[Math.toIntExact(layerConf().getNIn())]; // of each id's tokens
    int[] next = new int[tokens.ids.length]; // token with the same id
    Arrays.fill(first, NONE);
    for (int token = tokens.ids.length - 1; token >= 0; token--) {
      next[token] = first[tokens.ids[token]];
      first[tokens.ids[token]] = token;
    }
    float[] sum = new float[size];
    float[] loss = new float[size];
    for (int id = 0; id < first.length; id++) {
      if (first[id] != NONE) {
        losses.get(tokens.places[first[id]] * size, sum, 0, size);
        for (int token = next[first[id]]; token != NONE; token = next[token]) {
          losses.get(tokens.places[token] * size, loss, 0, size);
          VectorLoops.add(sum, loss, size);
        }
        gradient.put(id * size, sum, 0, size);
      }
    }
  }

  @Override
  public boolean hasBias() {
    return false;
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
