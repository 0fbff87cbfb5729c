package io.sentimentstreams.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.sentimentstreams.InvalidInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How many texts have which measure.
 *
 * @param upTo largest measure of each bin, ascending; the last bin, which has none, takes the rest
 * @param texts of each bin: one number more than {@code upTo} has
 */
public record Histogram(List<Double> upTo, List<Long> texts) {
  public Histogram {
    upTo = List.copyOf(upTo);
    texts = List.copyOf(texts);
    if (texts.size() != upTo.size() + 1) {
      throw new InvalidInputException(
          "reference: %d bounds need %d numbers of texts, but there are %d"
              .formatted(upTo.size(), upTo.size() + 1, texts.size()));
    }
    for (int i = 1; i < upTo.size(); i++) {
      if (!(upTo.get(i) > upTo.get(i - 1))) {
        throw new InvalidInputException(
            "reference: bounds %s, but they must ascend".formatted(upTo));
      }
    }
    texts.forEach(count -> Checks.atLeast("reference: texts", count, 0));
  }

  /** Of no texts. */
  static Histogram empty(List<Double> upTo) {
    return new Histogram(upTo, Collections.nCopies(upTo.size() + 1, 0L));
  }

  /** The bin of a measure. */
  public int bin(double measure) {
    int bin = 0;
    while (bin < upTo.size() && measure > upTo.get(bin)) {
      bin++;
    }
    return bin;
  }

  /** Of texts with these measures. */
  static Histogram of(List<Double> upTo, double[] measures) {
    Histogram bins = empty(upTo);
    List<Long> texts = new ArrayList<>(bins.texts());
    for (double measure : measures) {
      int bin = bins.bin(measure);
      texts.set(bin, texts.get(bin) + 1);
    }
    return new Histogram(upTo, texts);
  }

  /** How many texts are in the bins together. */
  @JsonIgnore
  public long total() {
    return texts.stream().mapToLong(Long::longValue).sum();
  }
}
