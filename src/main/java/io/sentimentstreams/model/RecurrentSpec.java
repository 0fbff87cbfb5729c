package io.sentimentstreams.model;

import io.sentimentstreams.model.LayerShape.Features;
import io.sentimentstreams.model.LayerShape.Steps;
import java.util.LinkedHashMap;
import java.util.Map;

/** A layer that reads a text step by step, in one direction or both. */
public sealed interface RecurrentSpec extends LayerSpec {
  /** Whether it gives its output at each step, or only that of the last. */
  boolean sequences();

  /** Features of its output. */
  int features();

  @Override
  default LayerShape output(LayerShape input, NetworkSize size) {
    int time = LayerSpec.steps(input).time();
    return sequences() ? new Steps(time, features()) : new Features(features());
  }

  /**
   * A layer that reads in one direction, as Keras defines it.
   *
   * <p>Gates stand side by side in the tensors: input, forget, candidate, output of an LSTM;
   * update, reset, candidate of a GRU.
   */
  sealed interface Cell extends RecurrentSpec {
    int units();

    /** Share of the input values set to zero in training, the same ones at all steps. */
    double dropout();

    /** Share of the state's values set to zero in training, the same ones at all steps. */
    double recurrentDropout();

    /** Blocks of {@code units} columns in the kernels. */
    int gates();

    @Override
    default int features() {
      return units();
    }

    @Override
    default Map<String, Object> fields() {
      return LayerSpec.ordered(
          "units", units(),
          "sequences", sequences(),
          "dropout", dropout(),
          "recurrent_dropout", recurrentDropout());
    }

    @Override
    default Map<String, int[]> tensors(LayerShape input, NetworkSize size) {
      int columns = gates() * units();
      Map<String, int[]> shapes = new LinkedHashMap<>();
      shapes.put("kernel", new int[] {LayerSpec.steps(input).features(), columns});
      shapes.put("recurrent_kernel", new int[] {units(), columns});
      shapes.put("bias", new int[] {columns});
      return shapes;
    }
  }

  /** Long short-term memory (Hochreiter and Schmidhuber 1997; forget gate of Gers et al. 2000). */
  record Lstm(int units, boolean sequences, double dropout, double recurrentDropout)
      implements Cell {
    public Lstm {
      requireCell(units, dropout, recurrentDropout);
    }

    @Override
    public String type() {
      return "lstm";
    }

    @Override
    public int gates() {
      return 4;
    }
  }

  /**
   * Gated recurrent unit (Cho et al. 2014).
   *
   * @param resetAfter whether the reset gate works on the recurrent product, with a bias of its own
   *     (Keras' default), or on the state before it (the paper)
   */
  record Gru(
      int units, boolean sequences, double dropout, double recurrentDropout, boolean resetAfter)
      implements Cell {
    public Gru {
      requireCell(units, dropout, recurrentDropout);
    }

    @Override
    public String type() {
      return "gru";
    }

    @Override
    public int gates() {
      return 3;
    }

    @Override
    public Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>(Cell.super.fields());
      fields.put("reset_after", resetAfter);
      return fields;
    }

    @Override
    public Map<String, int[]> tensors(LayerShape input, NetworkSize size) {
      Map<String, int[]> shapes = Cell.super.tensors(input, size);
      if (resetAfter) {
        shapes.put("bias", new int[] {2, gates() * units});
      }
      return shapes;
    }
  }

  /** A simple recurrent layer: tanh of the input's and the state's products (Elman 1990). */
  record Rnn(int units, boolean sequences, double dropout, double recurrentDropout)
      implements Cell {
    public Rnn {
      requireCell(units, dropout, recurrentDropout);
    }

    @Override
    public String type() {
      return "rnn";
    }

    @Override
    public int gates() {
      return 1;
    }
  }

  /**
   * A layer that reads forward and another that reads backward, side by side. Without sequences the
   * backward one gives its output at the first token.
   */
  record Bidirectional(Cell layer) implements RecurrentSpec {
    @Override
    public String type() {
      return "bidirectional";
    }

    @Override
    public String tensorName() {
      return layer.type();
    }

    @Override
    public boolean sequences() {
      return layer.sequences();
    }

    @Override
    public int features() {
      return 2 * layer.units();
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of(layer.type(), layer.fields());
    }

    @Override
    public Map<String, int[]> tensors(LayerShape input, NetworkSize size) {
      Map<String, int[]> shapes = new LinkedHashMap<>();
      layer.tensors(input, size).forEach((name, shape) -> shapes.put("forward." + name, shape));
      layer.tensors(input, size).forEach((name, shape) -> shapes.put("backward." + name, shape));
      return shapes;
    }
  }

  private static void requireCell(int units, double dropout, double recurrentDropout) {
    LayerSpec.requireSize("units", units);
    LayerSpec.requireShare("dropout", dropout);
    LayerSpec.requireShare("recurrent_dropout", recurrentDropout);
  }
}
