package io.sentimentstreams.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.sentimentstreams.text.EncodedText;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What texts of a model's own data are like, and what it says of them: what the texts of a stream
 * are compared with. They are texts that the weights were not trained on, for of those a network is
 * surer than of any others.
 *
 * @param data which part of the data, such as {@code validation}
 * @param unknown texts by the share of tokens that the vocabulary does not hold
 * @param length texts by tokens, before they are cut
 * @param score texts by the probability of the label given
 * @param label texts by the index of the label given; bounds are indices
 */
public record Reference(
    String data, Histogram unknown, Histogram length, Histogram score, Histogram label) {
  private static final Histogram EMPTY = Histogram.empty(List.of());

  /** Of a model that tells nothing. */
  public static final Reference NONE = new Reference("none", EMPTY, EMPTY, EMPTY, EMPTY);

  private static final List<Double> SHARES = List.of(0.0, 0.05, 0.1, 0.2, 0.35, 0.5);
  private static final List<Double> TENTHS =
      IntStream.range(1, 10).mapToObj(tenth -> tenth / 10.0).toList();

  /** Each about 1.4 times the one before. */
  private static final List<Double> TOKENS =
      DoubleStream.of(2, 4, 6, 8, 11, 16, 23, 32, 45, 64, 91, 128, 181, 256, 362, 512, 724, 1024)
          .boxed()
          .toList();

  public Reference {
    Checks.notBlank("reference: data", data);
  }

  /**
   * Of texts and what the model says of each.
   *
   * @param labels how many the model has
   */
  public static Reference of(
      String data, int labels, List<EncodedText> texts, List<Prediction> predictions) {
    return new Reference(
        data,
        Histogram.of(SHARES, texts.stream().mapToDouble(Reference::unknown).toArray()),
        Histogram.of(TOKENS, texts.stream().mapToDouble(EncodedText::tokens).toArray()),
        Histogram.of(TENTHS, predictions.stream().mapToDouble(Prediction::score).toArray()),
        Histogram.of(
            IntStream.range(0, labels - 1).mapToObj(label -> (double) label).toList(),
            predictions.stream().mapToDouble(Prediction::label).toArray()));
  }

  /** The share of a text's tokens that the vocabulary does not hold; 0 without tokens. */
  public static double unknown(EncodedText text) {
    return text.tokens() == 0 ? 0 : (double) text.unknown() / text.tokens();
  }

  /** Whether there is anything to compare with. */
  @JsonIgnore
  public boolean isNone() {
    return length.total() == 0;
  }
}
