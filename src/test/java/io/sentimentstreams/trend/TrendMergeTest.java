package io.sentimentstreams.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TrendMergeTest {
  private static final Labels LABELS = new Labels(List.of("negative", "neutral", "positive"));
  private static final Windows TUMBLING =
      new Windows(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(2));
  private static final AlertRule RULE = new AlertRule("negative", 0.6, 0.4, 10);
  private static final long BEGAN = 1_000_000;

  private final TrendMergeRig rig = new TrendMergeRig();
  private long now = BEGAN;

  @Test
  void window_ofASourceThatLags_waitsForIt() {
    TrendMerge merge = merge(Optional.empty(), 100, "a", "b");
    merge.add("g", partial("a", 0, 3, 0), now);
    merge.reached("a", 60_000, now);
    assertThat(rig.closed).isEmpty();

    merge.reached("b", 5_000, now);
    merge.add("g", partial("b", 0, 1, 1), now);
    assertThat(rig.closed).isEmpty();
    merge.reached("b", 12_000, now);

    assertThat(rig.closed).hasSize(1);
    assertThat(rig.closed.get(0).getValue().tally().events()).isEqualTo(5);
    assertThat(rig.late).isZero();
  }

  @Test
  void window_ofASourceThatIsIdle_doesNotWait() {
    TrendMerge merge = merge(Optional.empty(), 100, "a", "b");
    merge.add("g", partial("a", 0, 3, 0), now);
    for (int second = 0; second < 35; second++) {
      merge.reached("a", 60_000, now += 1_000);
    }
    assertThat(rig.closed).hasSize(1);
  }

  @Test
  void window_closedWhileEventsAreAdded_isNotClosedAgainAfterARestart() {
    TrendMerge merge = merge(Optional.empty(), 100, "a", "b");
    merge.add("g", partial("a", 0, 3, 0), now);
    merge.reached("a", 60_000, now);
    while (rig.closed.isEmpty()) {
      merge.add("h", partial("a", 60_000, 1, 0), now += 1_000);
    }

    TrendMerge restarted = merge(Optional.empty(), 100, "a", "b");
    tick(restarted, 35);
    restarted.add("g", partial("b", 0, 1, 0), now);

    assertThat(rig.closed.stream().filter(closed -> closed.getKey().equals("g"))).hasSize(1);
    assertThat(rig.late).isEqualTo(1);
  }

  @Test
  void window_ofASourceWhoseTimeStandsStill_closesBeforeAGroupOutgrowsARecord() {
    TrendMerge merge = merge(Optional.empty(), 100, "a", "b");
    for (int pane = 0; pane < 1_700; pane++) {
      merge.add("g", partial("a", pane * 10_000L, 1, 1), now);
      merge.reached("a", pane * 10_000L, now += 1_000);
      merge.reached("b", 0, now);
    }
    merge.add("g", partial("b", 0, 1, 1), now);

    assertThat(rig.closed).hasSizeBetween(150, 250);
    assertThat(rig.late).isEqualTo(2);
    assertThat(Objects.requireNonNull(rig.get("g")).panes()).hasSizeLessThan(1_510);
  }

  @Test
  void window_ofPanesOfARunWithAnotherAdvance_beginsWhereItsOwnDo() {
    TrendMerge merge = merge(Optional.empty(), 100, "a");
    merge.add("g", partial("a", 10_000, 3, 0), now);
    merge.add("g", partial("a", 20_000, 1, 0), now);
    merge.reached("a", 21_000, now);
    Duration minute = Duration.ofMinutes(1);
    Windows minutes = new Windows(minute, minute, Duration.ZERO);
    TrendRules rules = new TrendRules(minutes, minute, 100, Optional.empty());
    StreamTime time = new StreamTime(minute, minutes.mostBehind(), List.of("a"), now);
    TrendMerge restarted = new TrendMerge(rules, rig, rig, time);
    restarted.reached("a", 130_000, now);

    assertThat(rig.closed)
        .extracting(Map.Entry::getValue)
        .extracting(Trend::start, Trend::end, trend -> trend.tally().events())
        .containsExactly(tuple(0L, 60_000L, 4L));
  }

  @Test
  void window_whereAllAreIdle_closesAsTheClockGoes() {
    TrendMerge merge = merge(Optional.empty(), 100, "a");
    merge.add("g", partial("a", 0, 3, 0), now);
    merge.reached("a", 4_000, now);
    tick(merge, 29);
    assertThat(rig.closed).isEmpty();
    tick(merge, 1);

    assertThat(rig.closed).hasSize(1);
  }

  @Test
  void window_afterTheProcessStoodStill_waitsForTheSources() {
    TrendMerge merge = merge(Optional.empty(), 100, "a");
    merge.add("g", partial("a", 0, 3, 0), now);
    merge.reached("a", 4_000, now);
    merge.tick(now += 3_600_000);
    merge.add("g", partial("a", 0, 1, 0), now);

    assertThat(rig.closed).isEmpty();
    assertThat(rig.inTime).isEqualTo(4);
  }

  @Test
  void events_afterTheirWindowWasClosed_areCountedAsLateAndChangeNothing() {
    TrendMerge merge = merge(Optional.empty(), 100, "a");
    merge.add("g", partial("a", 0, 3, 0), now);
    merge.reached("a", 12_000, now);
    merge.add("g", partial("a", 0, 2, 2), now);
    merge.add("g", partial("a", 10_000, 1, 0), now);
    merge.reached("a", 22_000, now);

    assertThat(rig.late).isEqualTo(4);
    assertThat(rig.inTime).isEqualTo(4);
    assertThat(rig.closed)
        .extracting(entry -> entry.getValue().tally().events())
        .containsExactly(3L, 1L);
    assertThat(rig.closed.get(1).getValue().before().events()).isEqualTo(3);
  }

  @Test
  void change_ofSentiment_isAgainstTheWindowBefore() {
    TrendMerge merge = merge(Optional.empty(), 100, "a");
    merge.add("g", partial("a", 0, 3, 0), now);
    merge.add("g", partial("a", 10_000, 0, 3), now);
    merge.reached("a", 40_000, now);

    assertThat(rig.closed.get(0).getValue().change()).isEmpty();
    assertThat(rig.closed.get(1).getValue().change().orElseThrow()).isCloseTo(1.6, within(1e-6));
  }

  @Test
  void groups_moreThanMayBe_areCountedAndLeftOut() {
    TrendMerge merge = merge(Optional.empty(), 1, "a");
    merge.add("g", partial("a", 0, 3, 0), now);
    merge.add("h", partial("a", 0, 2, 0), now);
    assertThat(rig.overLimit).isEqualTo(2);

    // Old groups make room.
    merge.reached("a", 60_000, now);
    merge.add("h", partial("a", 50_000, 2, 0), now);
    assertThat(rig.groups).containsOnlyKeys("h");
  }

  @Test
  void alert_ofASharePastTheThreshold_beginsOnceAndEndsOnce() {
    TrendMerge merge = merge(Optional.of(RULE), 100, "a");
    merge.add("g", partial("a", 0, 9, 0), now); // too few events
    assertThat(rig.alerts).isEmpty();
    merge.add("g", partial("a", 0, 1, 0), now);
    merge.add("g", partial("a", 0, 0, 10), now); // 0.5, between both thresholds
    merge.add("g", partial("a", 0, 5, 0), now); // 0.6 again
    assertThat(rig.alerts).extracting(e -> e.getValue().kind()).containsExactly(Alert.Kind.BEGIN);
    merge.add("g", partial("a", 0, 0, 20), now);
    merge.add("g", partial("a", 0, 0, 20), now);

    assertThat(rig.alerts)
        .extracting(e -> e.getValue().kind())
        .containsExactly(Alert.Kind.BEGIN, Alert.Kind.END);
  }

  @Test
  void alert_afterARestart_isNotRaisedAgain() {
    merge(Optional.of(RULE), 100, "a").add("g", partial("a", 0, 10, 0), now);
    TrendMerge again = merge(Optional.of(RULE), 100, "a");
    again.add("g", partial("a", 0, 10, 0), now);
    assertThat(rig.alerts).hasSize(1);
  }

  @Test
  void alert_ofAGroupThatFallsSilent_ends() {
    TrendMerge merge = merge(Optional.of(RULE), 100, "a");
    merge.add("g", partial("a", 0, 10, 0), now);
    merge.reached("a", 60_000, now);

    assertThat(rig.alerts).hasSize(2);
    assertThat(rig.alerts.get(1).getValue().window()).isNull();
    assertThat(rig.alerts.get(1).getValue().since()).isEqualTo(10_000);
  }

  @Test
  void frame_withATimeAheadOfTheClock_movesTimeNoFurtherThanTheClock() {
    FrameTrends frame = new FrameTrends(TUMBLING, BEGAN);
    frame.passed(BEGAN + 30_000);
    frame.labelled(List.of("g"), BEGAN + 30_000, LABELS, prediction(true));

    assertThat(frame.latest()).hasValue(BEGAN);
    assertThat(frame.counted()).isEqualTo(1);
  }

  @Test
  void frame_withTimesFarAheadOfTheClock_leavesThemOut() {
    FrameTrends frame = new FrameTrends(TUMBLING, BEGAN);
    frame.passed(BEGAN + 3_600_000);
    frame.labelled(List.of("g"), BEGAN + 3_600_000, LABELS, prediction(true));
    frame.labelled(List.of(), BEGAN, LABELS, prediction(true));
    frame.passed(BEGAN + 1_000);
    frame.labelled(List.of("g"), BEGAN + 1_000, LABELS, prediction(true));

    assertThat(frame.latest()).hasValue(BEGAN);
    assertThat(frame.ahead()).isEqualTo(1);
    assertThat(frame.withoutGroup()).isEqualTo(1);
    assertThat(frame.counted()).isEqualTo(1);
  }

  @Test
  void windows_thatAreNoMultiple_areRefused() {
    assertThatThrownBy(
            () -> new Windows(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ZERO))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("multiple");
    assertThatThrownBy(() -> new AlertRule("negative", 0.5, 0.5, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("alertBelow");
  }

  private void tick(TrendMerge merge, int seconds) {
    for (int second = 0; second < seconds; second++) {
      merge.tick(now += 1_000);
    }
  }

  private TrendMerge merge(Optional<AlertRule> alert, int groups, String... sources) {
    Duration idle = Duration.ofSeconds(30);
    return new TrendMerge(
        new TrendRules(TUMBLING, idle, groups, alert),
        rig,
        rig,
        new StreamTime(idle, TUMBLING.mostBehind(), List.of(sources), now));
  }

  private static PartialTally partial(String source, long pane, int negative, int positive) {
    Counting counting = new Counting(LABELS);
    for (int i = 0; i < negative; i++) {
      counting.add(prediction(true));
    }
    for (int i = 0; i < positive; i++) {
      counting.add(prediction(false));
    }
    return new PartialTally(source, pane, counting.tally());
  }

  private static Prediction prediction(boolean negative) {
    return Prediction.of(negative ? new float[] {0.9f, 0, 0.1f} : new float[] {0.1f, 0, 0.9f});
  }
}
