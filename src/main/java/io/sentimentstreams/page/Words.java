package io.sentimentstreams.page;

import java.util.List;

/** Which words moved a sample's label. */
@FunctionalInterface
public interface Words {
  /**
   * The words, in the order of the text; none where that cannot be told.
   *
   * @throws RuntimeException where the model fails
   */
  List<Word> of(Sample.Labelled sample);
}
