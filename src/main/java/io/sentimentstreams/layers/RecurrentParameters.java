package io.sentimentstreams.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The parameters of {@link MaskedRecurrent}, as views of the network's vector of parameters. */
final class RecurrentParameters implements ParamInitializer {
  static final RecurrentParameters INSTANCE = new RecurrentParameters();

  private static final String KERNEL = "W";
  private static final String RECURRENT_KERNEL = "RW";
  private static final String BIAS = "b";
  private static final int FORGET = 1;

  private RecurrentParameters() {}

  /** The prefixes of the directions' parameters, in the order of the vector. */
  static List<String> prefixes(MaskedRecurrent layer) {
    return layer.direction() == MaskedRecurrent.Direction.BOTH ? List.of("f", "b") : List.of("");
  }

  /** One direction's of a table by name. */
  static RecurrentWeights weights(Map<String, INDArray> table, String prefix) {
    return new RecurrentWeights(
        parameter(table, prefix + KERNEL),
        parameter(table, prefix + RECURRENT_KERNEL),
        parameter(table, prefix + BIAS));
  }

  private static INDArray parameter(Map<String, INDArray> table, String name) {
    INDArray parameter = table.get(name);
    if (parameter == null) {
      throw new IllegalStateException("the layer has no parameter " + name);
    }
    return parameter;
  }

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    MaskedRecurrent of = (MaskedRecurrent) layer;
    return of.directions() * direction(of);
  }

  private static long direction(MaskedRecurrent of) {
    return (of.getNIn() + of.getNOut()) * columns(of) + of.kind().biases() * of.getNOut();
  }

  private static long columns(MaskedRecurrent of) {
    return of.kind().gates() * of.getNOut();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return names(layer, KERNEL, RECURRENT_KERNEL, BIAS);
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return names(layer, KERNEL, RECURRENT_KERNEL);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return names(layer, BIAS);
  }

  private static List<String> names(Layer layer, String... names) {
    List<String> all = new ArrayList<>();
    for (String prefix : prefixes((MaskedRecurrent) layer)) {
      for (String name : names) {
        all.add(prefix + name);
      }
    }
    return all;
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return weightKeys(layer).contains(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return biasKeys(layer).contains(key);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray vector, boolean initialize) {
    MaskedRecurrent of = (MaskedRecurrent) conf.getLayer();
    Map<String, INDArray> table = views(of, vector);
    table.keySet().forEach(conf::addVariable);
    if (initialize) {
      prefixes(of).forEach(prefix -> start(of, weights(table, prefix)));
    }
    return table;
  }

  private static void start(MaskedRecurrent of, RecurrentWeights weights) {
    start(of.getWeightInitFn(), weights.kernel());
    INDArray recurrent = weights.recurrentKernel();
    if (of.getWeightInitFnRecurrent() == null) {
      // ND4J's own Gaussians depend on what was drawn before the seed was set.
      SplittableRandom random = new SplittableRandom(Nd4j.getRandom().nextLong());
      recurrent.assign(OrthonormalRows.of(recurrent.rows(), recurrent.columns(), random));
    } else {
      start(of.getWeightInitFnRecurrent(), recurrent);
    }
    weights.bias().assign(0);
    if (of.kind() == MaskedRecurrent.Kind.LSTM) {
      long units = of.getNOut();
      flat(weights.bias())
          .get(NDArrayIndex.interval(FORGET * units, (FORGET + 1) * units))
          .assign(1);
    }
  }

  private static void start(IWeightInit by, INDArray kernel) {
    by.init(
        kernel.rows(),
        kernel.columns(),
        kernel.shape(),
        IWeightInit.DEFAULT_WEIGHT_INIT_ORDER,
        flat(kernel));
  }

  /** The same memory as a vector. */
  private static INDArray flat(INDArray view) {
    return view.reshape(view.ordering(), new long[] {view.length()});
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray vector) {
    return views((MaskedRecurrent) conf.getLayer(), vector);
  }

  private Map<String, INDArray> views(MaskedRecurrent of, INDArray vector) {
    if (vector.length() != numParams(of)) {
      throw new IllegalStateException(
          "the layer has %d parameters, but was given room for %d"
              .formatted(numParams(of), vector.length()));
    }
    INDArray flat = vector.reshape(vector.length());
    Map<String, INDArray> views = new LinkedHashMap<>();
    long from = 0;
    for (String prefix : prefixes(of)) {
      from = put(views, prefix + KERNEL, flat, from, of.getNIn(), columns(of));
      from = put(views, prefix + RECURRENT_KERNEL, flat, from, of.getNOut(), columns(of));
      long biases = of.kind().biases() * of.getNOut();
      views.put(prefix + BIAS, flat.get(NDArrayIndex.interval(from, from + biases)));
      from += biases;
    }
    return views;
  }

  private static long put(
      Map<String, INDArray> views, String name, INDArray flat, long from, long rows, long columns) {
    long to = from + rows * columns;
    views.put(name, flat.get(NDArrayIndex.interval(from, to)).reshape('f', rows, columns));
    return to;
  }
}
