package io.sentimentstreams.model;

import java.io.Serial;
import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Configuration of a dropout layer that passes masks on. Deeplearning4j's own takes the mask of
 * time steps for one of rows, and fails.
 */
final class StepDropout extends DropoutLayer {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * A layer.
   *
   * @param rate share of the values set to zero in training
   */
  StepDropout(double rate) {
    super(new Dropout(1 - rate));
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    Unmasked layer = new Unmasked(conf, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(initializer().init(conf, parameters, initialize));
    layer.setConf(conf);
    return layer;
  }

  private static final class Unmasked extends org.deeplearning4j.nn.layers.DropoutLayer {
    @Serial private static final long serialVersionUID = 1L;

    Unmasked(NeuralNetConfiguration conf, DataType type) {
      super(conf, type);
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(
        @Nullable INDArray mask, MaskState state, int batch) {
      return new Pair<>(mask, state);
    }
  }
}
