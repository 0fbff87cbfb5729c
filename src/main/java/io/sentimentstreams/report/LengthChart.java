package io.sentimentstreams.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long texts are.
 *
 * @param bars by rising length; the last one has all that are longer, too
 * @param counts scale of the bars
 * @param lengths scale of the tokens
 * @param texts all of them
 * @param limit most tokens that the network reads
 * @param cut texts that are longer
 * @param median half of the texts are as long or longer
 */
record LengthChart(
    List<Bar> bars, Scale counts, Scale lengths, long texts, int limit, long cut, int median) {
  private static final Frame FRAME = new Frame(400, 240);

  /** Bars at most. */
  private static final int MOST_BARS = 30;

  /** Where the last bar begins: so much of the texts is shorter. */
  private static final double SHOWN = 0.99;

  LengthChart {
    bars = List.copyOf(bars);
  }

  /**
   * Texts of similar length.
   *
   * @param from fewest tokens
   * @param to most tokens
   * @param open whether longer ones are counted in
   */
  record Bar(int from, int to, long count, boolean open) {
    String range() {
      return open ? Numbers.count(from) + " or more" : from == to ? "" + from : from + " to " + to;
    }
  }

  /**
   * A histogram.
   *
   * @param tokens of each text, at least one text
   * @param limit most tokens that the network reads
   */
  static LengthChart of(int[] tokens, int limit) {
    int[] sorted = tokens.clone();
    Arrays.sort(sorted);
    int shown = Math.max(1, sorted[(int) (SHOWN * (sorted.length - 1))]);
    int width = roundWidth(shown);
    long[] counts = new long[shown / width + 1];
    for (int length : sorted) {
      counts[Math.min(length / width, counts.length - 1)]++;
    }
    List<Bar> bars = new ArrayList<>();
    for (int bar = 0; bar < counts.length; bar++) {
      boolean open = bar == counts.length - 1 && sorted[sorted.length - 1] >= (bar + 1) * width;
      bars.add(new Bar(bar * width, (bar + 1) * width - 1, counts[bar], open));
    }
    return new LengthChart(
        bars,
        Scale.around(0, (double) Arrays.stream(counts).max().orElse(0)),
        Scale.around(0, (double) counts.length * width),
        tokens.length,
        limit,
        Arrays.stream(sorted).filter(length -> length > limit).count(),
        sorted[sorted.length / 2]);
  }

  /** The narrowest round width with which the bars are few enough. */
  private static int roundWidth(int shown) {
    for (int magnitude = 1; ; magnitude *= 10) {
      for (int step : new int[] {1, 2, 5}) {
        if (shown / (step * magnitude) < MOST_BARS) {
          return step * magnitude;
        }
      }
    }
  }

  Frame frame() {
    return FRAME;
  }

  double x(double tokens) {
    return FRAME.x(lengths.position(tokens));
  }

  double y(double count) {
    return FRAME.y(counts.position(count));
  }

  /** Whether the limit lies within the drawing. */
  boolean showsLimit() {
    return limit <= lengths.to();
  }

  double cutShare() {
    return (double) cut / texts;
  }

  String description() {
    return "Half of %s texts have %s tokens or more; %s of them have more than the %s that the network reads."
        .formatted(
            Numbers.count(texts),
            Numbers.count(median),
            Numbers.percent(cutShare()),
            Numbers.count(limit));
  }
}
