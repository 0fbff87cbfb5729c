package io.sentimentstreams.stream;

import io.sentimentstreams.model.Explainer;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.Reference;
import io.sentimentstreams.text.EncodedText;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the stream needs of a model. Safe for use by several threads at once, until closed. */
public interface Labeller extends AutoCloseable {

  /** The classes. */
  Labels labels();

  /** What the model is. */
  ModelInfo info();

  /** What texts of the model's own data are like; {@link Reference#NONE} where it is not told. */
  default Reference reference() {
    return Reference.NONE;
  }

  /** A text as the model reads it. */
  EncodedText encode(String text);

  /**
   * Labels texts of any lengths in one call.
   *
   * @return a prediction a text, in their order
   * @throws RuntimeException where it fails; then for no text is anything known
   */
  List<Prediction> predict(List<EncodedText> texts);

  /** What tells which words moved a label; empty where nothing does. */
  default Optional<Explainer> explainer() {
    return Optional.empty();
  }

  /** Whether a GPU computes, so that calls of many texts are worth waiting for. */
  default boolean onGpu() {
    return false;
  }

  /**
   * A call of {@link #predict} was given up, one more than ever at the same time: it may never end,
   * and further ones must not wait for what it holds.
   */
  default void abandoned() {}

  /**
   * Token positions that a call on texts of these lengths computes, padding included; without
   * padding, the lengths' sum.
   *
   * @param lengths tokens of each text
   */
  default long computedTokens(int[] lengths) {
    return Arrays.stream(lengths).asLongStream().sum();
  }

  @Override
  void close();
}
