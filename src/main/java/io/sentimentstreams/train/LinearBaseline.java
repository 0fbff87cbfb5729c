package io.sentimentstreams.train;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.corpus.LabelledText;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Measures;
import io.sentimentstreams.text.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * The linear model that a network has to beat: a {@link FeatureClassifier} on n-grams of one to
 * three tokens.
 */
public final class LinearBaseline {
  /** What follows the data's name in the name of the baseline's measures. */
  private static final String MARK = ", linear baseline";

  private final Labels labels;
  private final NgramVocabulary ngrams;
  private final FeatureClassifier classifier;

  private LinearBaseline(Labels labels, NgramVocabulary ngrams, FeatureClassifier classifier) {
    this.labels = labels;
    this.ngrams = ngrams;
    this.classifier = classifier;
  }

  /**
   * Trains on texts.
   *
   * @param texts of at least two labels
   * @throws InvalidInputException where a text's label is none of {@code labels}, or all have the
   *     same
   */
  public static LinearBaseline train(Labels labels, Tokenizer tokenizer, List<LabelledText> texts) {
    return train(labels, tokenizer, texts, done -> {});
  }

  /**
   * Trains on texts and tells how it goes.
   *
   * @param texts of at least two labels
   * @param progress told after each label how many are done
   * @throws InvalidInputException where a text's label is none of {@code labels}, or all have the
   *     same
   */
  public static LinearBaseline train(
      Labels labels, Tokenizer tokenizer, List<LabelledText> texts, IntConsumer progress) {
    int[] truth =
        texts.stream().mapToInt(text -> Evaluation.indexOf(labels, text.label())).toArray();
    if (Arrays.stream(truth).distinct().count() < 2) {
      throw new InvalidInputException("data: all training texts have the same label");
    }
    NgramVocabulary ngrams =
        NgramVocabulary.of(tokenizer, texts.stream().map(LabelledText::text).toList());
    int[][] rows = texts.stream().map(text -> ngrams.numbers(text.text())).toArray(int[][]::new);
    return new LinearBaseline(
        labels, ngrams, FeatureClassifier.fit(labels.size(), truth, rows, ngrams.size(), progress));
  }

  /** N-grams that it knows. */
  public int size() {
    return ngrams.size();
  }

  /**
   * Measures how well it labels texts.
   *
   * @param data name of the texts; that of the measures says that they are the baseline's
   */
  public Measures evaluate(String data, List<LabelledText> texts) {
    int[] truth =
        texts.stream().mapToInt(text -> Evaluation.indexOf(labels, text.label())).toArray();
    int[] predicted = texts.stream().mapToInt(text -> predict(text.text())).toArray();
    return Evaluation.measures(data + MARK, labels, truth, predicted);
  }

  /** The index of a text's most likely label. */
  int predict(String text) {
    return classifier.predict(ngrams.numbers(text));
  }

  /**
   * How a network does beside the baseline on the same texts, in a sentence.
   *
   * @param all measures of a model, its baseline's among them
   * @param network one of them
   * @return empty where the baseline was not measured on these texts
   */
  public static Optional<String> verdict(List<Measures> all, Measures network) {
    return beside(all, network).map(linear -> verdict(network, linear));
  }

  /**
   * The baseline's measures on the texts that a network was measured on.
   *
   * @param all measures of a model, its baseline's among them
   * @param network one of them
   */
  public static Optional<Measures> beside(List<Measures> all, Measures network) {
    return all.stream().filter(other -> other.data().equals(network.data() + MARK)).findFirst();
  }

  /** Whether measures are those of a baseline. */
  public static boolean isOfBaseline(Measures measures) {
    return measures.data().endsWith(MARK);
  }

  /** Whether a network is better by accuracy and by macro F1. */
  public static boolean isBeaten(Measures network, Measures linear) {
    return network.accuracy() > linear.accuracy() && network.macroF1() > linear.macroF1();
  }

  private static String verb(Measures network, Measures linear) {
    if (isBeaten(network, linear)) {
      return "beats";
    }
    if (network.accuracy() > linear.accuracy()) {
      return "beats only by accuracy";
    }
    return network.macroF1() > linear.macroF1() ? "beats only by macro F1" : "does not beat";
  }

  /** How a network does beside the baseline, in a sentence. */
  public static String verdict(Measures network, Measures linear) {
    return String.format(
        Locale.ROOT,
        "%s: the network %s a linear model of n-grams: accuracy %.4f against %.4f, macro F1 %.4f"
            + " against %.4f.",
        network.data(),
        verb(network, linear),
        network.accuracy(),
        linear.accuracy(),
        network.macroF1(),
        linear.macroF1());
  }
}
