package io.sentimentstreams.train;

import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Measures;
import io.sentimentstreams.model.Networks;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * How a network or a model does on examples.
 *
 * @param loss mean cross-entropy, an example weighing what its class does
 * @param measures of the labels
 */
record Scores(double loss, Measures measures) {
  private static final double SMALLEST_PROBABILITY = 1e-10;

  static Scores of(
      ComputationGraph graph,
      List<List<Example>> batches,
      Labels labels,
      List<Double> classWeights) {
    List<Example> texts = batches.stream().flatMap(List::stream).toList();
    return of(probabilities(graph, batches), texts, labels, classWeights);
  }

  /** The probabilities of each text, {@code [text][label]}. */
  static float[][] probabilities(ComputationGraph graph, List<List<Example>> batches) {
    return batches.stream()
        .map(batch -> Networks.probabilities(graph, batch.stream().map(Example::ids).toList()))
        .flatMap(Arrays::stream)
        .toArray(float[][]::new);
  }

  /**
   * How probabilities do.
   *
   * @param probabilities {@code [text][label]}
   */
  static Scores of(
      float[][] probabilities, List<Example> texts, Labels labels, List<Double> classWeights) {
    long[][] confusion = new long[labels.size()][labels.size()]; // [true][predicted]
    double loss = 0;
    double weights = 0;
    for (int text = 0; text < probabilities.length; text++) {
      int truth = texts.get(text).label();
      double weight = classWeights.get(truth);
      loss -= weight * Math.log(Math.max(SMALLEST_PROBABILITY, probabilities[text][truth]));
      weights += weight;
      confusion[truth][best(probabilities[text])]++;
    }
    return new Scores(loss / weights, Evaluation.measures("validation", labels, confusion));
  }

  /** The index of the largest value; the first wins a tie. */
  static int best(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }

  /** By how much these are to be preferred: the measure that selects, the loss below zero. */
  double merit(Selection selection) {
    return selection == Selection.LOSS ? -loss : merit(measures, selection);
  }

  /**
   * A measure of labels.
   *
   * @param selection any but the loss, which labels alone do not tell
   */
  static double merit(Measures measures, Selection selection) {
    return switch (selection) {
      case LOSS -> throw new IllegalArgumentException("labels have no loss");
      case ACCURACY -> measures.accuracy();
      case MACRO_F1 -> measures.macroF1();
      case MACRO_RECALL -> measures.macroRecall();
    };
  }
}
