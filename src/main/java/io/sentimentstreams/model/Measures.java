package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import java.util.List;

/**
 * How well a model labels some data.
 *
 * @param data which data, such as {@code validation}
 * @param rows texts
 * @param accuracy share of the texts labelled right
 * @param macroPrecision mean of the labels' precision
 * @param macroRecall mean of the labels' recall
 * @param macroF1 mean of the labels' F1
 * @param perClass a label each, in the model's order
 * @param confusion {@code [true label][predicted label]}, texts
 */
public record Measures(
    String data,
    long rows,
    double accuracy,
    double macroPrecision,
    double macroRecall,
    double macroF1,
    List<ClassMeasures> perClass,
    List<List<Long>> confusion) {
  public Measures {
    Checks.notBlank("measures: data", data);
    Checks.atLeast("measures: rows", rows, 0);
    Checks.share("measures: accuracy", accuracy);
    Checks.share("measures: macroPrecision", macroPrecision);
    Checks.share("measures: macroRecall", macroRecall);
    Checks.share("measures: macroF1", macroF1);
    perClass = List.copyOf(perClass);
    confusion = confusion.stream().map(List::copyOf).toList();
    int labels = perClass.size();
    if (confusion.size() != labels || confusion.stream().anyMatch(row -> row.size() != labels)) {
      throw new InvalidInputException(
          "measures: confusion is not %d rows of %d counts, one for each label"
              .formatted(labels, labels));
    }
    if (confusion.stream().flatMap(List::stream).anyMatch(count -> count < 0)) {
      throw new InvalidInputException("measures: confusion holds a negative count");
    }
  }
}
