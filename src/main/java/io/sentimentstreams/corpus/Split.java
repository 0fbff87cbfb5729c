package io.sentimentstreams.corpus;

import java.util.List;

/**
 * A corpus in three parts.
 *
 * @param training what the network learns from
 * @param validation what decides when to stop and which settings are better
 * @param test what the final measures come from; may be empty
 */
public record Split(
    List<LabelledText> training, List<LabelledText> validation, List<LabelledText> test) {
  public Split {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
  }
}
