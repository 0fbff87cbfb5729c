package io.sentimentstreams.train;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.corpus.LabelledText;
import io.sentimentstreams.model.ClassMeasures;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Measures;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.TextClassifier;
import io.sentimentstreams.text.EncodedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * How well labels were predicted. A ratio without a denominator, such as the precision of a label
 * that was never predicted, counts as 0, as in scikit-learn; macro means are over all of the
 * model's labels, each as much as any other.
 */
public final class Evaluation {
  /** Texts given to a model at once, which sorts them by length. */
  private static final int CHUNK = 1024;

  private Evaluation() {}

  /**
   * Labels texts and measures how well.
   *
   * @param data name of the texts
   * @throws InvalidInputException where there is no text, or a text's label is none of the model's
   */
  public static Measures evaluate(
      String data, TextClassifier classifier, List<LabelledText> texts) {
    return measures(data, classifier.labels(), judge(data, classifier, texts, done -> {}));
  }

  /**
   * Labels texts.
   *
   * @param data name of the texts
   * @param progress told now and then how many are done
   * @return what the model says of each, in their order
   * @throws InvalidInputException where there is no text, or a text's label is none of the model's
   */
  public static List<Judged> judge(
      String data, TextClassifier classifier, List<LabelledText> texts, IntConsumer progress) {
    if (texts.isEmpty()) {
      throw new InvalidInputException("data %s: holds no labelled text".formatted(data));
    }
    Labels labels = classifier.labels();
    int[] truth = texts.stream().mapToInt(text -> indexOf(labels, text.label())).toArray();
    List<Judged> judged = new ArrayList<>();
    for (int from = 0; from < truth.length; from += CHUNK) {
      List<LabelledText> chunk = texts.subList(from, Math.min(from + CHUNK, truth.length));
      List<EncodedText> encoded =
          chunk.stream().map(text -> classifier.encode(text.text())).toList();
      List<Prediction> predictions = classifier.predict(encoded);
      for (int row = 0; row < chunk.size(); row++) {
        judged.add(
            new Judged(
                chunk.get(row),
                truth[from + row],
                predictions.get(row),
                encoded.get(row).tokens()));
      }
      progress.accept(judged.size());
    }
    return judged;
  }

  /** Measures what a model said of texts. */
  public static Measures measures(String data, Labels labels, List<Judged> judged) {
    return measures(
        data,
        labels,
        judged.stream().mapToInt(Judged::truth).toArray(),
        judged.stream().mapToInt(one -> one.prediction().label()).toArray());
  }

  /**
   * Measures predictions.
   *
   * @param data name of what was predicted, such as {@code validation}
   * @param truth {@code [rows]}, indices of the true labels
   * @param predicted {@code [rows]}, indices of the predicted labels
   */
  public static Measures measures(String data, Labels labels, int[] truth, int[] predicted) {
    if (truth.length != predicted.length) {
      throw new IllegalArgumentException(
          "%d true labels, but %d predicted ones".formatted(truth.length, predicted.length));
    }
    long[][] confusion = new long[labels.size()][labels.size()]; // [true][predicted]
    for (int row = 0; row < truth.length; row++) {
      confusion[truth[row]][predicted[row]]++;
    }
    return measures(data, labels, confusion);
  }

  /**
   * Measures counted predictions.
   *
   * @param confusion {@code [true label][predicted label]}, texts
   */
  public static Measures measures(String data, Labels labels, long[][] confusion) {
    long rows = 0;
    long right = 0;
    List<ClassMeasures> perClass = new ArrayList<>();
    List<List<Long>> counts = new ArrayList<>();
    for (int label = 0; label < labels.size(); label++) {
      rows += LongStream.of(confusion[label]).sum();
      right += confusion[label][label];
      perClass.add(classMeasures(labels.name(label), confusion, label));
      counts.add(LongStream.of(confusion[label]).boxed().toList());
    }
    return new Measures(
        data,
        rows,
        ratio(right, rows),
        mean(perClass, ClassMeasures::precision),
        mean(perClass, ClassMeasures::recall),
        mean(perClass, ClassMeasures::f1),
        perClass,
        counts);
  }

  private static ClassMeasures classMeasures(String name, long[][] confusion, int label) {
    long support = LongStream.of(confusion[label]).sum();
    long predicted = 0;
    for (long[] row : confusion) {
      predicted += row[label];
    }
    long right = confusion[label][label];
    return new ClassMeasures(
        name,
        ratio(right, predicted),
        ratio(right, support),
        ratio(2 * right, predicted + support),
        support);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  private static double mean(List<ClassMeasures> classes, ToDoubleFunction<ClassMeasures> of) {
    return classes.stream().mapToDouble(of).average().orElse(0);
  }

  /**
   * The label's index.
   *
   * @throws InvalidInputException where the model does not know it
   */
  static int indexOf(Labels labels, String label) {
    int index = labels.indexOf(label);
    if (index < 0) {
      throw new InvalidInputException(
          "data: holds the label \"%s\", but the model knows only %s: name it one of them with --labels \"%s=NAME,...\""
              .formatted(label, String.join(", ", labels.names()), label));
    }
    return index;
  }

  /** The measures and the confusion as lines of text for a terminal, without a line end. */
  public static String table(Measures measures) {
    StringBuilder table = new StringBuilder();
    int width = labelWidth(measures);
    table.append(
        format(
            "%s: %,d texts, accuracy %.4f, macro recall %.4f, macro F1 %.4f%n%n",
            measures.data(),
            measures.rows(),
            measures.accuracy(),
            measures.macroRecall(),
            measures.macroF1()));
    table.append(
        format(
            "%-" + width + "s %9s %9s %9s %9s%n", "label", "precision", "recall", "F1", "texts"));
    String row = "%-" + width + "s %9.4f %9.4f %9.4f %,9d%n";
    for (ClassMeasures label : measures.perClass()) {
      table.append(
          format(
              row, label.label(), label.precision(), label.recall(), label.f1(), label.support()));
    }
    table.append(
        format(
            row,
            "macro mean",
            measures.macroPrecision(),
            measures.macroRecall(),
            measures.macroF1(),
            measures.rows()));
    appendConfusion(table, measures, width);
    return table.toString().stripTrailing();
  }

  private static void appendConfusion(StringBuilder table, Measures measures, int width) {
    table.append(format("%n%-" + width + "s", "true \\ labelled"));
    for (ClassMeasures label : measures.perClass()) {
      table.append(format(" %" + columnWidth(label) + "s", label.label()));
    }
    for (int truth = 0; truth < measures.confusion().size(); truth++) {
      table.append(format("%n%-" + width + "s", measures.perClass().get(truth).label()));
      for (int predicted = 0; predicted < measures.perClass().size(); predicted++) {
        int column = columnWidth(measures.perClass().get(predicted));
        table.append(format(" %," + column + "d", measures.confusion().get(truth).get(predicted)));
      }
    }
  }

  private static int labelWidth(Measures measures) {
    int longest = "true \\ labelled".length();
    for (ClassMeasures label : measures.perClass()) {
      longest = Math.max(longest, label.label().length());
    }
    return longest;
  }

  private static int columnWidth(ClassMeasures label) {
    return Math.max(9, label.label().length());
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments).replace(System.lineSeparator(), "\n");
  }
}
