package io.sentimentstreams.metrics;

import io.sentimentstreams.model.Histogram;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.Reference;
import io.sentimentstreams.text.EncodedText;
import java.util.Arrays;
import java.util.List;

/**
 * How far the texts of a stream are from those of a model's own data, by the population stability
 * index (PSI): the sum over bins of (a - e) ln(a / e), with the shares a of the stream and e of the
 * reference (Siddiqi, "Credit Risk Scorecards", 2006, which calls less than 0.1 no change, 0.25 and
 * more a shift; Yurdakul and Naranjo, "Statistical properties of the population stability index",
 * 2020, on how large it is by chance). Each bin has half a text more than was counted, so that none
 * is empty.
 *
 * <p>What was counted fades: all counts lose a tenth each 1,000 texts, so that the latest 10,000 or
 * so decide.
 *
 * <p>Safe for use by several threads at once.
 */
public final class Drift {
  /** Texts below which the index would be mostly chance. */
  static final int LEAST_TEXTS = 500;

  private static final int FADING_TEXTS = 1_000;
  private static final double KEPT = 0.9;
  private static final double SMOOTHING = 0.5;

  private final Counted unknown;
  private final Counted length;
  private final Counted score;
  private final Counted label;
  private int untilFading = FADING_TEXTS;

  /** Nothing counted. */
  public Drift(Reference reference) {
    this.unknown = new Counted(reference.unknown());
    this.length = new Counted(reference.length());
    this.score = new Counted(reference.score());
    this.label = new Counted(reference.label());
  }

  /** Texts were labelled; both lists have the same order. */
  public synchronized void add(List<EncodedText> texts, List<Prediction> predictions) {
    for (int row = 0; row < texts.size(); row++) {
      EncodedText text = texts.get(row);
      unknown.add(Reference.unknown(text));
      length.add(text.tokens());
      score.add(predictions.get(row).score());
      label.add(predictions.get(row).label());
      if (--untilFading == 0) {
        untilFading = FADING_TEXTS;
        List.of(unknown, length, score, label).forEach(Counted::fade);
      }
    }
  }

  /** The index of the share of unknown tokens; no number below {@value #LEAST_TEXTS} texts. */
  synchronized double unknown() {
    return unknown.index();
  }

  /** The index of the texts' lengths. */
  synchronized double length() {
    return length.index();
  }

  /** The index of the labels' probabilities. */
  synchronized double score() {
    return score.index();
  }

  /** The index of the labels given. */
  synchronized double label() {
    return label.index();
  }

  /** Texts of the stream by bin. */
  private static final class Counted {
    private final Histogram reference;
    private final double[] texts; // [bins]

    Counted(Histogram reference) {
      this.reference = reference;
      this.texts = new double[reference.texts().size()];
    }

    void add(double measure) {
      texts[reference.bin(measure)]++;
    }

    void fade() {
      for (int bin = 0; bin < texts.length; bin++) {
        texts[bin] *= KEPT;
      }
    }

    double index() {
      double total = Arrays.stream(texts).sum();
      if (total < LEAST_TEXTS) {
        return Double.NaN;
      }
      double index = 0;
      for (int bin = 0; bin < texts.length; bin++) {
        double actual = share(texts[bin], total);
        double expected = share((double) reference.texts().get(bin), (double) reference.total());
        index += (actual - expected) * Math.log(actual / expected);
      }
      return index;
    }

    private double share(double count, double total) {
      return (count + SMOOTHING) / (total + SMOOTHING * texts.length);
    }
  }
}
