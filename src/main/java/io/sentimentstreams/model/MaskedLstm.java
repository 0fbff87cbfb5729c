package io.sentimentstreams.model;

import java.io.Serial;
import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Configuration of an LSTM layer for the CPU that is exact under masks in both directions and
 * faster than Deeplearning4j's own. Parameters, their names, order and start values are those of
 * {@link LSTM}.
 */
final class MaskedLstm extends LSTM {
  @Serial private static final long serialVersionUID = 1L;

  private final boolean backward;

  /**
   * A layer from {@code [batch, inputs, time]} to {@code [batch, units, time]}.
   *
   * @param backward whether it reads each text from its last token to its first
   * @param dropout share of the input values set to zero in training, 0 for none
   */
  // Which setters are overridable is Lombok's doing; none is overridden here.
  @SuppressWarnings("this-escape")
  MaskedLstm(int inputs, int units, boolean backward, double dropout) {
    this.backward = backward;
    resetLayerDefaultConfig();
    setNIn(inputs);
    setNOut(units);
    setRnnDataFormat(RNNFormat.NCW);
    setActivationFn(new ActivationTanH());
    setForgetGateBiasInit(1);
    if (dropout > 0) {
      setIDropout(new Dropout(1 - dropout));
    }
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    MaskedLstmLayer layer = new MaskedLstmLayer(conf, type, backward);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(initializer().init(conf, parameters, initialize));
    layer.setConf(conf);
    return layer;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MaskedLstm that && backward == that.backward && super.equals(other);
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + Boolean.hashCode(backward);
  }

  @Override
  public String toString() {
    return "MaskedLstm(%d, %d, %s)"
        .formatted(getNIn(), getNOut(), backward ? "backward" : "forward");
  }
}
