package io.sentimentstreams.model;

import io.sentimentstreams.text.Padding;
import io.sentimentstreams.text.TextSettings;

/**
 * What a network's sizes depend on besides its layers.
 *
 * @param vocabulary token ids, padding (0) included
 * @param length tokens of each text, or {@link LayerShape#UNKNOWN} where texts keep their own
 * @param labels classes
 */
public record NetworkSize(int vocabulary, int length, int labels) {
  /** Sizes with texts as these settings give them. */
  public static NetworkSize of(TextSettings text, int vocabulary, int labels) {
    boolean own = text.padding() == Padding.NONE;
    return new NetworkSize(vocabulary, own ? LayerShape.UNKNOWN : text.maximumTokens(), labels);
  }

  /** Sizes for texts that keep their own lengths. */
  static NetworkSize of(int vocabulary, int labels) {
    return new NetworkSize(vocabulary, LayerShape.UNKNOWN, labels);
  }
}
