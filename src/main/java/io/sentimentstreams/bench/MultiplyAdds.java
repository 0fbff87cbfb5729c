package io.sentimentstreams.bench;

import io.sentimentstreams.model.ConvolutionPadding;
import io.sentimentstreams.model.LayerShape;
import io.sentimentstreams.model.LayerShape.Features;
import io.sentimentstreams.model.LayerShape.Steps;
import io.sentimentstreams.model.LayerSpec;
import io.sentimentstreams.model.NetworkSize;
import io.sentimentstreams.model.NetworkSpec;
import io.sentimentstreams.model.RecurrentSpec.Bidirectional;
import io.sentimentstreams.model.RecurrentSpec.Cell;
import io.sentimentstreams.model.WeightedSpec.Conv1d;
import io.sentimentstreams.model.WeightedSpec.Dense;
import io.sentimentstreams.model.WeightedSpec.TimeDistributed;
import java.util.List;

/**
 * Multiply-adds of a network's matrix products for one text, as the network is defined: nothing for
 * padding, and nothing saved by products that are made once for all texts. A backend that looks
 * such products up in tables does fewer.
 */
final class MultiplyAdds {
  private static final int DIRECTIONS = 2;

  private MultiplyAdds() {}

  /**
   * Of a text.
   *
   * @param labels classes
   * @param length tokens
   */
  static long of(NetworkSpec network, int labels, int length) {
    List<LayerShape> shapes = network.shapes(new NetworkSize(1, length, labels));
    long sum = 0;
    for (int i = 1; i < shapes.size(); i++) {
      sum += layer(network.layers().get(i), shapes.get(i - 1), shapes.get(i), labels);
    }
    return sum;
  }

  private static long layer(LayerSpec layer, LayerShape input, LayerShape output, int labels) {
    if (layer instanceof Dense dense) {
      return (long) ((Features) input).features() * dense.units(labels);
    }
    if (!(input instanceof Steps steps)) {
      return 0;
    }
    if (layer instanceof Cell cell) {
      return recurrent(cell, steps);
    }
    if (layer instanceof Bidirectional both) {
      return DIRECTIONS * recurrent(both.layer(), steps);
    }
    if (layer instanceof Conv1d convolution) {
      long token = (long) steps.features() * convolution.filters();
      return token * tokensUnderFilter(convolution, steps.time(), ((Steps) output).time());
    }
    return layer instanceof TimeDistributed each
        ? (long) steps.time() * steps.features() * each.dense().units()
        : 0;
  }

  /** Products of each step: of the token and of the state. */
  private static long recurrent(Cell cell, Steps steps) {
    long inputs = (long) steps.features() + cell.units();
    return steps.time() * inputs * cell.gates() * cell.units();
  }

  /** Tokens that a filter meets at all its places together; beyond the text's ends are none. */
  private static long tokensUnderFilter(Conv1d convolution, int length, int places) {
    if (convolution.padding() == ConvolutionPadding.VALID) {
      return (long) places * convolution.width();
    }
    long tokens = 0;
    int left = (convolution.width() - 1) / 2;
    for (int tap = 0; tap < convolution.width(); tap++) {
      tokens += Math.max(0, length - Math.abs(tap - left));
    }
    return tokens;
  }
}
