package io.sentimentstreams.model;

/**
 * What a network's sizes depend on besides its layers.
 *
 * @param vocabulary token ids, padding (0) included
 * @param length tokens of each text, or {@link LayerShape#UNKNOWN} where texts keep their own
 * @param labels classes
 */
public record NetworkSize(int vocabulary, int length, int labels) {
  /** Sizes for texts that keep their own lengths. */
  static NetworkSize of(int vocabulary, int labels) {
    return new NetworkSize(vocabulary, LayerShape.UNKNOWN, labels);
  }
}
