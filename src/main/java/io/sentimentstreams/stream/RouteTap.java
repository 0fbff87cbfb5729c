package io.sentimentstreams.stream;

import io.sentimentstreams.batch.Frame;
import io.sentimentstreams.batch.FrameRow;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.page.Place;
import io.sentimentstreams.page.Sample;
import io.sentimentstreams.page.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives the page some of a route's events, after they were sent on and before they are committed.
 * Safe for use by several threads at once.
 */
final class RouteTap {
  private final String route;
  private final Labels labels;
  private final String version;
  private final Samples samples;

  /** A tap of what a model labels. */
  RouteTap(String route, Labels labels, String version, Samples samples) {
    this.route = route;
    this.labels = labels;
    this.version = version;
    this.samples = samples;
  }

  /** A frame's rows were sent on. */
  void sent(Frame frame, List<LabelledRow> rows) {
    if (samples.wantsLabelled()) {
      samples
          .ofLabelled(those(LabelledRow.Done.class, rows))
          .forEach(row -> samples.offer(labelled(frame, row)));
    }
    if (samples.wantsDead()) {
      samples
          .ofDead(those(LabelledRow.Dead.class, rows))
          .forEach(row -> samples.offer(dead(frame, row)));
    }
  }

  private static <T extends LabelledRow> List<T> those(Class<T> kind, List<LabelledRow> rows) {
    List<T> those = new ArrayList<>();
    for (LabelledRow row : rows) {
      if (kind.isInstance(row)) {
        those.add(kind.cast(row));
      }
    }
    return those;
  }

  private Sample labelled(Frame frame, LabelledRow.Done row) {
    String text = row.event().text();
    Map<String, Float> probabilities = new LinkedHashMap<>();
    for (int label = 0; label < labels.size(); label++) {
      probabilities.put(labels.name(label), row.prediction().probabilities()[label]);
    }
    return new Sample.Labelled(
        route,
        place(frame, row.row()),
        Sample.beginning(text, Sample.LONGEST_TEXT),
        text.length(),
        labels.name(row.prediction().label()),
        row.prediction().score(),
        probabilities,
        version);
  }

  private Sample dead(Frame frame, LabelledRow.Dead row) {
    return new Sample.Dead(
        route, place(frame, row.row()), row.rejected().reason().code(), row.rejected().detail());
  }

  private static Place place(Frame frame, FrameRow row) {
    return new Place(frame.topic(), frame.partition(), row.offset(), row.timestamp());
  }
}
