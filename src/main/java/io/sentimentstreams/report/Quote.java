package io.sentimentstreams.report;

import io.sentimentstreams.model.Labels;
import io.sentimentstreams.train.Judged;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A text on the page beside what the model says of it.
 *
 * @param text cut where it is long, control characters replaced
 * @param truth its true label
 * @param label the predicted one
 * @param score of the prediction
 */
record Quote(String text, String truth, String label, double score) {
  /** Most Unicode characters of a text that are shown. */
  private static final int LONGEST = 500;

  boolean isRight() {
    return truth.equals(label);
  }

  /** The mistakes of the highest scores. */
  static List<Quote> mistakes(List<Judged> judged, Labels labels, int most) {
    return judged.stream()
        .filter(one -> !one.isRight())
        .sorted(Comparator.comparingDouble((Judged one) -> one.prediction().score()).reversed())
        .limit(most)
        .map(one -> of(one, labels))
        .toList();
  }

  /** Texts chosen by chance; the same seed chooses the same. */
  static List<Quote> samples(List<Judged> judged, Labels labels, int most, long seed) {
    List<Judged> shuffled = new ArrayList<>(judged);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled.stream().limit(most).map(one -> of(one, labels)).toList();
  }

  private static Quote of(Judged judged, Labels labels) {
    return new Quote(
        shown(judged.text().text()),
        labels.name(judged.truth()),
        labels.name(judged.prediction().label()),
        judged.prediction().score());
  }

  /** A text that a page can hold: HTML has no place for most control characters. */
  private static String shown(String original) {
    String text = original.strip();
    int[] points =
        text.codePoints().limit(LONGEST).map(point -> isShown(point) ? point : '\ufffd').toArray();
    String cut = new String(points, 0, points.length);
    return cut.length() < text.length() ? cut.stripTrailing() + " …" : cut;
  }

  private static boolean isShown(int point) {
    return point == '\n'
        || point == '\t'
        || !(Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
  }
}
