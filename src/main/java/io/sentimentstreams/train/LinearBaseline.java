package io.sentimentstreams.train;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
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
 * The linear model that a network has to beat: logistic regression on n-grams of one to three
 * tokens, each weighted by its naive Bayes log-count ratio (Wang and Manning 2012, Baselines and
 * Bigrams), a class against the others, by LIBLINEAR.
 */
public final class LinearBaseline {
  /** What follows the data's name in the name of the baseline's measures. */
  private static final String MARK = ", linear baseline";

  /** Inverse strength of the L2 regulariser. */
  private static final double C = 0.1;

  private static final double STOPPING_TOLERANCE = 0.01;

  private final Labels labels;
  private final NgramVocabulary ngrams;
  private final double[][] ratios; // [label][n-gram]
  private final Model[] models; // [label]

  private LinearBaseline(Labels labels, NgramVocabulary ngrams, double[][] ratios, Model[] models) {
    this.labels = labels;
    this.ngrams = ngrams;
    this.ratios = ratios;
    this.models = models;
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
    double[][] ratios = new double[labels.size()][];
    Model[] models = new Model[labels.size()];
    for (int label = 0; label < labels.size(); label++) {
      ratios[label] = ratios(label, truth, rows, ngrams.size());
      models[label] = fit(label, truth, rows, ratios[label]);
      progress.accept(label + 1);
    }
    return new LinearBaseline(labels, ngrams, ratios, models);
  }

  /** The logarithm of how much more often an n-gram's texts have the label than the others. */
  private static double[] ratios(int label, int[] truth, int[][] rows, int size) {
    double[] with = new double[size];
    double[] without = new double[size];
    Arrays.fill(with, 1);
    Arrays.fill(without, 1);
    for (int row = 0; row < rows.length; row++) {
      double[] counts = truth[row] == label ? with : without;
      for (int number : rows[row]) {
        counts[number]++;
      }
    }
    double scale = Math.log(Arrays.stream(without).sum() / Arrays.stream(with).sum());
    double[] ratios = new double[size];
    Arrays.setAll(ratios, i -> Math.log(with[i] / without[i]) + scale);
    return ratios;
  }

  private static Model fit(int label, int[] truth, int[][] rows, double[] ratios) {
    Problem problem = new Problem();
    problem.l = rows.length;
    problem.n = ratios.length + 1;
    problem.bias = 1;
    problem.x = Arrays.stream(rows).map(row -> features(row, ratios)).toArray(Feature[][]::new);
    problem.y = Arrays.stream(truth).mapToDouble(t -> t == label ? 1 : -1).toArray();
    Parameter parameter = new Parameter(SolverType.L2R_LR, C, STOPPING_TOLERANCE);
    Linear.disableDebugOutput();
    return Linear.train(problem, parameter);
  }

  /** LIBLINEAR counts from 1; the last feature, always 1, is the intercept's. */
  private static Feature[] features(int[] numbers, double[] ratios) {
    Feature[] features = new Feature[numbers.length + 1];
    for (int i = 0; i < numbers.length; i++) {
      features[i] = new FeatureNode(numbers[i] + 1, ratios[numbers[i]]);
    }
    features[numbers.length] = new FeatureNode(ratios.length + 1, 1);
    return features;
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
    int[] numbers = ngrams.numbers(text);
    int best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int label = 0; label < models.length; label++) {
      double[] decision = new double[1];
      Linear.predictValues(models[label], features(numbers, ratios[label]), decision);
      // Decisions are for the class that came first in the training data.
      double value = models[label].getLabels()[0] == 1 ? decision[0] : -decision[0];
      if (value > highest) {
        highest = value;
        best = label;
      }
    }
    return best;
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

  /** How a network does beside the baseline, in a sentence. */
  public static String verdict(Measures network, Measures linear) {
    return String.format(
        Locale.ROOT,
        "%s: the network %s a linear model of n-grams: accuracy %.4f against %.4f, macro F1 %.4f"
            + " against %.4f.",
        network.data(),
        isBeaten(network, linear) ? "beats" : "does not beat",
        network.accuracy(),
        linear.accuracy(),
        network.macroF1(),
        linear.macroF1());
  }
}
