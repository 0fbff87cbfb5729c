package io.sentimentstreams.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Trends against a naive count of the same events. */
final class TrendMergePropertiesTest {
  private static final Labels LABELS = new Labels(List.of("negative", "neutral", "positive"));
  private static final Duration GRACE = Duration.ofSeconds(3);

  @Property(tries = 300)
  void trends_ofEventsOutOfOrderWithinGrace_areTheNaiveCount(
      @ForAll @IntRange(min = 1, max = 4) int panes,
      @ForAll @IntRange(min = 1, max = 4) int sources,
      @ForAll @IntRange(min = 0, max = 3) int restarts,
      @ForAll long seed) {
    Windows windows = new Windows(Duration.ofSeconds(2L * panes), Duration.ofSeconds(2), GRACE);
    TrendRules rules = new TrendRules(windows, Duration.ofMinutes(1), 100, Optional.empty());
    Random random = new Random(seed);
    List<List<List<Event>>> frames = new ArrayList<>(); // [source, frame, row]
    List<Event> all = new ArrayList<>();
    for (int source = 0; source < sources; source++) {
      frames.add(frames(random, all));
    }

    TrendMergeRig rig = new TrendMergeRig();
    feed(rules, frames, rig, random, restarts);

    assertThat(rig.late).isZero();
    assertThat(rig.inTime).isEqualTo(all.size());
    Map<String, Tally> told = new TreeMap<>();
    rig.closed.forEach(
        entry ->
            assertThat(
                    told.put(
                        name(entry.getKey(), entry.getValue().end()), entry.getValue().tally()))
                .as("told once")
                .isNull());
    assertThat(told).isEqualTo(naive(windows, all));
    rig.closed.forEach(
        entry ->
            assertThat(entry.getValue().before())
                .isEqualTo(
                    told.getOrDefault(name(entry.getKey(), entry.getValue().start()), Tally.NONE)));
    assertThat(rig.groups).as("nothing is kept for good").isEmpty();
  }

  @Property
  void merging_inAnyOrderAndGrouping_givesTheSame(
      @ForAll("tallies") Tally a, @ForAll("tallies") Tally b, @ForAll("tallies") Tally c) {
    assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
    assertThat(a.plus(b)).isEqualTo(b.plus(a));
    assertThat(a.plus(Tally.NONE)).isEqualTo(a);
    assertThat(a.plus(b).events()).isEqualTo(a.events() + b.events());
  }

  @Property
  void bytes_ofAnyState_areReadBack(
      @ForAll("tallies") Tally a, @ForAll long pane, @ForAll String source) {
    PartialTally partial = new PartialTally(source, pane, a);
    TrendBytes.Message counts = new TrendBytes.Message.Counts(partial);
    TrendBytes.Message reached = new TrendBytes.Message.Reached(source, pane);
    TrendMerge.Progress progress = new TrendMerge.Progress(Map.of(source, pane, "x", 1L), pane);
    GroupPanes group = GroupPanes.EMPTY.plus(pane, a);

    assertThat(TrendBytes.message(TrendBytes.of(counts))).isEqualTo(counts);
    assertThat(TrendBytes.message(TrendBytes.of(reached))).isEqualTo(reached);
    assertThat(TrendBytes.progress(TrendBytes.of(progress))).isEqualTo(progress);
    assertThat(TrendBytes.group(TrendBytes.of(group))).isEqualTo(group);
  }

  @Provide
  Arbitrary<Tally> tallies() {
    Arbitrary<Long> sums = Arbitraries.longs().between(-1_000_000_000, 1_000_000_000);
    Arbitrary<Map<String, Long>> labels =
        Arbitraries.maps(
            Arbitraries.of("negative", "neutral", "positive", "über"),
            Arbitraries.longs().between(1, 1_000));
    return Combinators.combine(labels, sums, sums, sums)
        .as(
            (counts, score, balanced, balance) ->
                new Tally(new TreeMap<>(counts), score, Math.abs(balanced), balance));
  }

  /** Frames of one source whose events lie behind its latest time by the grace at most. */
  private static List<List<Event>> frames(Random random, List<Event> all) {
    List<List<Event>> frames = new ArrayList<>();
    long latest = 20_000L + random.nextInt(20_000);
    for (int frame = random.nextInt(8); frame >= 0; frame--) {
      List<Event> rows = new ArrayList<>();
      for (int row = random.nextInt(12); row >= 0; row--) {
        long time = latest - random.nextInt((int) GRACE.toMillis() + 1) + random.nextInt(4_000);
        float negative = random.nextInt(1_001) / 1_000f;
        rows.add(new Event("g" + random.nextInt(3), time, negative));
      }
      rows.forEach(all::add);
      for (Event row : rows) {
        latest = Math.max(latest, row.time());
      }
      frames.add(rows);
    }
    return frames;
  }

  private static void feed(
      TrendRules rules,
      List<List<List<Event>>> frames,
      TrendMergeRig rig,
      Random random,
      int restarts) {
    List<Integer> order = new ArrayList<>();
    List<SourceClock> clocks = new ArrayList<>();
    for (int source = 0; source < frames.size(); source++) {
      clocks.add(new SourceClock(rules.windows(), rules.idle()));
      for (int frame = 0; frame < frames.get(source).size(); frame++) {
        order.add(source);
      }
    }
    Collections.shuffle(order, random);
    int[] next = new int[frames.size()];
    long now = 1_000_000;
    TrendMerge merge = merge(rules, frames.size(), rig, now);
    for (int source : order) {
      if (restarts > 0 && random.nextInt(5) == 0) {
        restarts--;
        merge = merge(rules, frames.size(), rig, now);
      }
      now += random.nextInt(1_000);
      FrameTrends counted = new FrameTrends(rules.windows(), now);
      for (Event event : frames.get(source).get(next[source]++)) {
        counted.passed(event.time());
        counted.labelled(List.of(event.group()), event.time(), LABELS, event.prediction());
      }
      TrendMerge with = merge;
      long at = now;
      counted.forEach("s" + source, (group, partial) -> with.add(group, partial, at));
      if (clocks.get(source).passed(counted.latest().orElseThrow(), now)) {
        merge.reached("s" + source, clocks.get(source).latest(), now);
      }
    }
    // Nothing comes any more: the clock alone closes what is open.
    for (int second = 0; second < 400; second++) {
      merge.tick(now + second * 1_000L);
    }
  }

  private static TrendMerge merge(TrendRules rules, int sources, TrendMergeRig rig, long now) {
    List<String> expected = new ArrayList<>();
    for (int source = 0; source < sources; source++) {
      expected.add("s" + source);
    }
    return new TrendMerge(
        rules, rig, rig, new StreamTime(rules.idle(), rules.windows().mostBehind(), expected, now));
  }

  private static Map<String, Tally> naive(Windows windows, List<Event> events) {
    Map<String, Counting> counts = new HashMap<>();
    long advance = windows.advance().toMillis();
    for (Event event : events) {
      for (long end = advance; end < 1_000_000; end += advance) {
        if (event.time() >= end - windows.size().toMillis() && event.time() < end) {
          counts
              .computeIfAbsent(name(event.group(), end), key -> new Counting(LABELS))
              .add(event.prediction());
        }
      }
    }
    Map<String, Tally> naive = new TreeMap<>();
    counts.forEach((key, counting) -> naive.put(key, counting.tally()));
    return naive;
  }

  private static String name(String group, long end) {
    return group + "@" + end;
  }

  private record Event(String group, long time, float negative) {
    Prediction prediction() {
      float rest = 1 - negative;
      return Prediction.of(new float[] {negative, rest * 0.4f, rest * 0.6f});
    }
  }
}
