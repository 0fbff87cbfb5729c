package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.LayerShape.Features;
import io.sentimentstreams.model.LayerShape.Steps;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A layer of a {@link NetworkSpec}, as Keras names and defines it. Constructors and {@link #output}
 * throw {@link InvalidInputException} for sizes out of range and inputs that do not fit.
 */
public sealed interface LayerSpec permits LayerSpec.Plain, RecurrentSpec, WeightedSpec {
  /** Largest size of a layer: products of a few sizes stay within an int. */
  int MAXIMUM_SIZE = 1 << 16;

  /** The layer's name in files, such as {@code conv1d}. */
  String type();

  /** Its settings by their names in files, in order. */
  Map<String, Object> fields();

  /** The shape of its output for a text. */
  LayerShape output(LayerShape input, NetworkSize size);

  /**
   * The weights: names, to which the layer's name is put in front, and Keras' shapes.
   *
   * @param input a shape that {@link #output} accepts
   */
  Map<String, int[]> tensors(LayerShape input, NetworkSize size);

  /** What its tensors are named by; a number follows from the second layer of that name on. */
  default String tensorName() {
    return type();
  }

  /** A layer without weights. */
  sealed interface Plain extends LayerSpec {
    @Override
    default Map<String, Object> fields() {
      return Map.of();
    }

    @Override
    default Map<String, int[]> tensors(LayerShape input, NetworkSize size) {
      return Map.of();
    }
  }

  /** A layer from the features of all time steps to those of the text. */
  sealed interface GlobalPool extends Plain {
    /** Values that each feature becomes. */
    default int values() {
      return 1;
    }

    @Override
    default LayerShape output(LayerShape input, NetworkSize size) {
      return new Features(values() * steps(input).features());
    }
  }

  /** Each feature's largest value over the text. */
  record GlobalMaxPool() implements GlobalPool {
    @Override
    public String type() {
      return "global_max_pool";
    }
  }

  /** Each feature's mean over the text. */
  record GlobalAveragePool() implements GlobalPool {
    @Override
    public String type() {
      return "global_average_pool";
    }
  }

  /** Each feature's largest value, then each feature's mean. */
  record GlobalMaxAveragePool() implements GlobalPool {
    @Override
    public String type() {
      return "global_max_average_pool";
    }

    @Override
    public int values() {
      return 2;
    }
  }

  /**
   * The largest values of parts of the text that follow on each other; what is left at the end is
   * dropped.
   *
   * @param size time steps of a part
   */
  record MaxPool(int size) implements Plain {
    public MaxPool {
      requireSize("size", size);
    }

    @Override
    public String type() {
      return "max_pool";
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of("size", size);
    }

    @Override
    public LayerShape output(LayerShape input, NetworkSize sizes) {
      Steps steps = steps(input);
      return new Steps(
          steps.time() == LayerShape.UNKNOWN
              ? steps.time()
              : requireLeft("size", size, steps.time(), steps.time() / size),
          steps.features());
    }
  }

  /**
   * Sets values to zero in training, and scales the rest up (Srivastava et al. 2014).
   *
   * @param rate share of the values
   */
  record Dropout(double rate) implements Plain {
    public Dropout {
      requireShare("rate", rate);
    }

    @Override
    public String type() {
      return "dropout";
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of("rate", rate);
    }

    @Override
    public LayerShape output(LayerShape input, NetworkSize size) {
      return input;
    }
  }

  /** All time steps' features in one vector, step by step. */
  record Flatten() implements Plain {
    @Override
    public String type() {
      return "flatten";
    }

    @Override
    public LayerShape output(LayerShape input, NetworkSize size) {
      Steps steps = steps(input);
      return new Features(
          steps.time() == LayerShape.UNKNOWN
              ? LayerShape.UNKNOWN
              : Math.multiplyExact(steps.time(), steps.features()));
    }
  }

  /** The input as time steps. */
  static Steps steps(LayerShape input) {
    if (input instanceof Steps steps) {
      return steps;
    }
    throw new InvalidInputException(
        "needs the features of all time steps, but the layer before gives one vector %s; let that one give sequences, or leave out pooling and flatten before it"
            .formatted(input));
  }

  /** Checks a size. */
  static void requireSize(String field, int value) {
    if (value < 1 || value > MAXIMUM_SIZE) {
      throw new InvalidInputException(
          "%s is %d, but must be from 1 to %d".formatted(field, value, MAXIMUM_SIZE));
    }
  }

  /** Checks a share. */
  static void requireShare(String field, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new InvalidInputException(
          "%s is %s, but must be at least 0 and below 1".formatted(field, value));
    }
  }

  /** Checks that a layer leaves at least one time step. */
  static int requireLeft(String field, int value, int time, int left) {
    if (left < 1) {
      throw new InvalidInputException(
          "%s is %d, but only %d time steps are left of the text; make it smaller or texts longer"
              .formatted(field, value, time));
    }
    return left;
  }

  /** Fields in their order: pairs of name and value. */
  static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }
}
