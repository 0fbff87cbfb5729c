package io.sentimentstreams.layers;

import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What Deeplearning4j asks of each layer, and these layers answer alike. */
final class Wiring {
  private Wiring() {}

  /**
   * Makes a new layer part of a network.
   *
   * @param parameters its part of the network's vector, of which its parameters become views
   * @param initialize whether they get start values
   */
  static <L extends org.deeplearning4j.nn.api.Layer> L connected(
      L layer,
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize) {
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(conf.getLayer().initializer().init(conf, parameters, initialize));
    return layer;
  }

  /**
   * A layer's input as a sequence.
   *
   * @param does what the layer does with sequences, for the message
   * @throws IllegalStateException where it is none
   */
  static InputType.InputTypeRecurrent sequence(Layer layer, InputType input, String does) {
    if (input instanceof InputType.InputTypeRecurrent sequence) {
      return sequence;
    }
    throw new IllegalStateException(
        "layer %s %s, but was given %s".formatted(layer.getLayerName(), does, input));
  }

  /** What a layer needs of Deeplearning4j's memory. Its own is outside the workspaces. */
  static LayerMemoryReport memory(Layer layer, InputType input, long parameters) {
    return new LayerMemoryReport.Builder(
            layer.getLayerName(), layer.getClass(), input, layer.getOutputType(-1, input))
        .standardMemory(parameters, parameters)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  /**
   * The losses by all of a layer's parameters.
   *
   * @param flattened all of them
   * @param views of it, by the parameters' names
   */
  static Gradient gradient(INDArray flattened, Map<String, INDArray> views) {
    Gradient gradient = new DefaultGradient(flattened);
    views.forEach((name, view) -> gradient.gradientForVariable().put(name, view));
    return gradient;
  }
}
