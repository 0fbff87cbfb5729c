package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.RecurrentSpec.Bidirectional;
import io.sentimentstreams.model.RecurrentSpec.Cell;
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
 * <p>On the CPU an LSTM is {@link MaskedLstm}; the others are Deeplearning4j's own, whose backward
 * direction reads the text reversed by {@link ReverseTimeSeriesVertex} with the mask, because
 * {@code Bidirectional} starts on the padding.
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
    return layer instanceof Bidirectional both
        ? List.of(
            forward(name + FORWARD, both.layer(), inputs, input),
            backward(name + BACKWARD, both.layer(), inputs, input))
        : List.of(forward(name, (Cell) layer, inputs, input));
  }

  private String forward(String name, Cell cell, int inputs, String input) {
    builder.addLayer(name, layer(cell, inputs, false), input);
    return cell.sequences() ? name : last(name);
  }

  private String backward(String name, Cell cell, int inputs, String input) {
    if (masked && cell instanceof Lstm) {
      builder.addLayer(name, layer(cell, inputs, true), input);
      return cell.sequences() ? name : last(reversed(name));
    }
    builder.addLayer(name, layer(cell, inputs, false), reversed(input + BACKWARD, input));
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

  private Layer layer(Cell cell, int inputs, boolean backward) {
    if (cell instanceof Rnn rnn) {
      return rnn(rnn, inputs);
    }
    if (!(cell instanceof Lstm lstm)) {
      throw new InvalidInputException(
          "network: this build has no %s layer; use lstm or rnn".formatted(cell.type()));
    }
    return masked ? new MaskedLstm(inputs, lstm.units(), backward, 0) : lstm(lstm, inputs);
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
