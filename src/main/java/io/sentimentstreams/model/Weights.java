package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A network's tensors by name, in the order of their file. Names and layouts: {@link Networks}. */
public final class Weights {
  private static final float RANDOM_LIMIT = 0.1f;

  private final Map<String, Tensor> tensors;

  private Weights(Map<String, Tensor> tensors) {
    this.tensors = Collections.unmodifiableMap(tensors);
  }

  /**
   * Collects tensors.
   *
   * @throws InvalidInputException where two have the same name
   */
  public static Weights of(List<Tensor> tensors) {
    Map<String, Tensor> byName = new LinkedHashMap<>();
    for (Tensor tensor : tensors) {
      if (byName.put(tensor.name(), tensor) != null) {
        throw new InvalidInputException("tensor %s: occurs twice".formatted(tensor.name()));
      }
    }
    return new Weights(byName);
  }

  /**
   * A network's tensors with values that only measurements of speed can use: seeded, uniform from
   * -0.1 to 0.1, about as large as what training starts from.
   *
   * @param vocabularySize token ids
   * @param labels classes
   */
  public static Weights random(NetworkSpec network, int vocabularySize, int labels, long seed) {
    Random random = new Random(seed);
    return of(
        TensorLayout.of(network, vocabularySize, labels).entrySet().stream()
            .map(entry -> random(entry.getKey(), entry.getValue(), random))
            .toList());
  }

  private static Tensor random(String name, int[] shape, Random random) {
    float[] values = new float[Tensor.elements(name, shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = RANDOM_LIMIT * (2 * random.nextFloat() - 1);
    }
    return new Tensor(name, shape, values);
  }

  /** The names, in order. */
  public Set<String> names() {
    return tensors.keySet();
  }

  /** The tensors, in order. */
  public Collection<Tensor> tensors() {
    return tensors.values();
  }

  /**
   * The tensor of that name.
   *
   * @throws InvalidInputException where there is none
   */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new InvalidInputException("tensor %s: is missing".formatted(name));
    }
    return tensor;
  }

  /** Numbers in all tensors together. */
  public long parameters() {
    return tensors.values().stream().mapToLong(tensor -> tensor.values().length).sum();
  }

  /**
   * The weights as a reader of a file in that precision gets them: itself for {@link
   * Precision#F32}.
   *
   * @throws InvalidInputException where a value is larger than the precision can hold
   */
  public Weights roundedTo(Precision precision) {
    return switch (precision) {
      case F32 -> this;
      case F16 -> of(tensors.values().stream().map(Weights::roundedToHalf).toList());
    };
  }

  private static Tensor roundedToHalf(Tensor tensor) {
    float[] values = tensor.values();
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = HalfFloats.toFloat(half(tensor, i));
    }
    return new Tensor(tensor.name(), tensor.shape(), rounded);
  }

  /** A value in 16 bits. */
  static short half(Tensor tensor, int index) {
    float value = tensor.values()[index];
    short half = HalfFloats.fromFloat(value);
    if (!HalfFloats.isFinite(half)) {
      throw new InvalidInputException(
          "tensor %s: value %d is %s, but 16 bits hold at most 65504; store it in 32"
              .formatted(tensor.name(), index, value));
    }
    return half;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Weights that
        && List.copyOf(tensors.values()).equals(List.copyOf(that.tensors.values()));
  }

  @Override
  public int hashCode() {
    return tensors.hashCode();
  }

  /** Names and shapes. */
  @Override
  public String toString() {
    return tensors.values().toString();
  }
}
