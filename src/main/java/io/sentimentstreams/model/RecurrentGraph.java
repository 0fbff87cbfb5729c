package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.layers.MaskedRecurrent;
import io.sentimentstreams.layers.MaskedRecurrent.Direction;
import io.sentimentstreams.layers.MaskedRecurrent.Kind;
import io.sentimentstreams.model.RecurrentSpec.Bidirectional;
import io.sentimentstreams.model.RecurrentSpec.Cell;
import io.sentimentstreams.model.RecurrentSpec.Gru;
import io.sentimentstreams.model.RecurrentSpec.Lstm;
import io.sentimentstreams.model.RecurrentSpec.Rnn;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.Activation;

/**
 * Recurrent layers of a Deeplearning4j graph.
 *
 * <p>On the CPU they are {@link MaskedRecurrent}. Elsewhere they are Deeplearning4j's own, whose
 * backward direction reads the text reversed by {@link ReverseTimeSeriesVertex} with the mask,
 * because {@code Bidirectional} starts on the padding.
 */
final class RecurrentGraph {
  static final String FORWARD = ".forward";
  static final String BACKWARD = ".backward";

  private final ComputationGraphConfiguration.GraphBuilder builder;
  private final boolean masked;

  RecurrentGraph(ComputationGraphConfiguration.GraphBuilder builder, boolean masked) {
    this.builder = builder;
    this.masked = masked;
  }

  /** Adds a layer; returns the vertices that are its output, side by side. */
  List<String> add(String name, RecurrentSpec layer, int inputs, String input) {
    if (masked) {
      builder.addLayer(name, masked(layer, inputs), input);
      return List.of(name);
    }
    return layer instanceof Bidirectional both
        ? List.of(
            forward(name + FORWARD, both.layer(), inputs, input),
            backward(name + BACKWARD, both.layer(), inputs, input))
        : List.of(forward(name, (Cell) layer, inputs, input));
  }

  private String forward(String name, Cell cell, int inputs, String input) {
    builder.addLayer(name, layer(cell, inputs), input);
    return cell.sequences() ? name : last(name);
  }

  private String backward(String name, Cell cell, int inputs, String input) {
    builder.addLayer(name, layer(cell, inputs), reversed(input + BACKWARD, input));
    return cell.sequences() ? reversed(name) : last(name);
  }

  private String reversed(String vertex) {
    return reversed(vertex, vertex);
  }

  private String reversed(String name, String input) {
    String reversed = name + ".reversed";
    builder.addVertex(reversed, new ReverseTimeSeriesVertex(NetworkGraph.IDS), input);
    return reversed;
  }

  private String last(String vertex) {
    builder.addVertex(vertex + ".last", new LastTimeStepVertex(NetworkGraph.IDS), vertex);
    return vertex + ".last";
  }

  private static MaskedRecurrent masked(RecurrentSpec layer, int inputs) {
    Cell cell = layer instanceof Bidirectional both ? both.layer() : (Cell) layer;
    return new MaskedRecurrent.Builder(kind(cell), cell.units())
        .nIn(inputs)
        .direction(layer instanceof Bidirectional ? Direction.BOTH : Direction.FORWARD)
        .sequences(cell.sequences())
        .inputDropout(cell.dropout())
        .recurrentDropout(cell.recurrentDropout())
        .build();
  }

  private static MaskedRecurrent.Kind kind(Cell cell) {
    if (cell instanceof Gru gru) {
      return gru.resetAfter() ? Kind.GRU_RESET_AFTER : Kind.GRU;
    }
    return cell instanceof Lstm ? Kind.LSTM : Kind.RNN;
  }

  private static Layer layer(Cell cell, int inputs) {
    if (cell instanceof Rnn rnn) {
      return rnn(rnn, inputs);
    }
    if (cell instanceof Lstm lstm) {
      return lstm(lstm, inputs);
    }
    throw new InvalidInputException(
        "network: there is no %s layer for a GPU; use lstm or rnn, or the CPU"
            .formatted(cell.type()));
  }

  private static SimpleRnn rnn(Rnn rnn, int inputs) {
    return new SimpleRnn.Builder()
        .nIn(inputs)
        .nOut(rnn.units())
        .dataFormat(RNNFormat.NCW)
        .activation(Activation.TANH)
        .build();
  }

  private static LSTM lstm(Lstm lstm, int inputs) {
    return new LSTM.Builder()
        .nIn(inputs)
        .nOut(lstm.units())
        .dataFormat(RNNFormat.NCW)
        .activation(Activation.TANH)
        .gateActivationFunction(Activation.SIGMOID)
        .forgetGateBiasInit(1)
        .build();
  }
}
