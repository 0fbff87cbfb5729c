package io.sentimentstreams.report;

import io.sentimentstreams.model.EpochReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Values by epoch.
 *
 * @param id unique on the page
 * @param title what is shown
 * @param description the same for who does not see it
 * @param lines at least one
 * @param epochs their numbers, at least one
 * @param best number of the epoch whose weights were kept
 * @param scale of the values
 */
record LineChart(
    String id,
    String title,
    String description,
    List<Line> lines,
    List<Integer> epochs,
    int best,
    Scale scale) {
  private static final Frame FRAME = new Frame(400, 240);
  private static final int MOST_LABELS = 10;

  LineChart {
    lines = List.copyOf(lines);
    epochs = List.copyOf(epochs);
  }

  /**
   * A line.
   *
   * @param name of the values
   * @param values one an epoch
   */
  record Line(String name, List<Double> values) {
    Line {
      values = List.copyOf(values);
    }
  }

  /** A chart of these values of a training. */
  static LineChart of(String id, String title, List<EpochReport> reports, List<Measured> measured) {
    List<Line> lines =
        measured.stream()
            .map(one -> new Line(one.name(), reports.stream().map(one::of).toList()))
            .toList();
    double lowest = extreme(lines).min().orElseThrow();
    double highest = extreme(lines).max().orElseThrow();
    int best =
        reports.stream().filter(EpochReport::best).mapToInt(EpochReport::epoch).max().orElse(0);
    return new LineChart(
        id,
        title,
        description(lines, reports.size(), best),
        lines,
        reports.stream().map(EpochReport::epoch).toList(),
        best,
        Scale.around(lowest, highest));
  }

  /**
   * A value of an epoch.
   *
   * @param name for people
   */
  record Measured(String name, ToDoubleFunction<EpochReport> value) {
    double of(EpochReport report) {
      return value.applyAsDouble(report);
    }
  }

  private static DoubleStream extreme(List<Line> lines) {
    return lines.stream().flatMap(line -> line.values().stream()).mapToDouble(Double::doubleValue);
  }

  private static String description(List<Line> lines, int epochs, int best) {
    List<String> parts = new ArrayList<>();
    for (Line line : lines) {
      parts.add(
          "%s from %s to %s"
              .formatted(
                  line.name(),
                  Numbers.share(line.values().get(0)),
                  Numbers.share(line.values().get(epochs - 1))));
    }
    return "By epoch, over %d: %s. Epoch %d was kept."
        .formatted(epochs, String.join("; ", parts), best);
  }

  Frame frame() {
    return FRAME;
  }

  /** Where an epoch is, by its place among them. */
  double x(int index) {
    return FRAME.x(epochs.size() == 1 ? 0.5 : (double) index / (epochs.size() - 1));
  }

  double y(double value) {
    return FRAME.y(scale.position(value));
  }

  /** Places of the epochs whose numbers are shown. */
  List<Integer> labelled() {
    int step = (epochs.size() + MOST_LABELS - 1) / MOST_LABELS;
    return IntStream.range(0, epochs.size()).filter(index -> index % step == 0).boxed().toList();
  }

  /** A line's path. */
  String path(Line line) {
    StringBuilder path = new StringBuilder();
    for (int index = 0; index < line.values().size(); index++) {
      path.append(index == 0 ? 'M' : 'L')
          .append(Numbers.point(x(index)))
          .append(' ')
          .append(Numbers.point(y(line.values().get(index))));
    }
    return path.toString();
  }
}
