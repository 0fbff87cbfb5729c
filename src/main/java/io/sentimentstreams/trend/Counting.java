package io.sentimentstreams.trend;

import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import java.util.TreeMap;

/** Adds predictions of one model up to a {@link Tally}. For one thread. */
public final class Counting {
  private static final String POSITIVE = "positive";
  private static final String NEGATIVE = "negative";

  private final Labels labels;
  private final int positive;
  private final int negative;
  private final long[] events; // [labels]
  private long scoreMicros;
  private long balanced;
  private long balanceMicros;

  /** Of a model's labels; nothing is counted yet. */
  public Counting(Labels labels) {
    this.labels = labels;
    this.positive = labels.indexOf(POSITIVE);
    this.negative = labels.indexOf(NEGATIVE);
    this.events = new long[labels.size()];
  }

  /** One more event. */
  public void add(Prediction prediction) {
    events[prediction.label()]++;
    scoreMicros += micros(prediction.score());
    if (positive >= 0 && negative >= 0) {
      float[] probabilities = prediction.probabilities();
      balanced++;
      balanceMicros += micros(probabilities[positive]) - micros(probabilities[negative]);
    }
  }

  /** What was counted. */
  public Tally tally() {
    TreeMap<String, Long> byLabel = new TreeMap<>();
    for (int label = 0; label < events.length; label++) {
      if (events[label] > 0) {
        byLabel.put(labels.name(label), events[label]);
      }
    }
    return new Tally(byLabel, scoreMicros, balanced, balanceMicros);
  }

  /** As outputs round it; a probability may be a little outside by rounding. */
  private static long micros(float probability) {
    return Math.round(Math.min(1, Math.max(0, probability)) * 1e6);
  }
}
