package io.sentimentstreams.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ControlStateTest {
  private final ControlState state = new ControlState();
  private final Activation first = activation("/first", null);
  private final Activation second = activation("/second", first);

  @Test
  void wishes_ofARoute_areTheLastOnes() {
    state.add(0, at(0), new ControlRecord.Activated("tweets", first));
    state.add(1, at(1), new ControlRecord.Activated("reviews", first));
    state.add(2, at(2), new ControlRecord.Activated("tweets", second));
    state.add(3, at(3), new ControlRecord.Deactivated("reviews"));

    assertThat(state.wishes())
        .containsEntry("tweets", new ControlState.Wish(2, at(2), Optional.of(second)))
        .containsEntry("reviews", new ControlState.Wish(3, at(3), Optional.empty()));
  }

  @Test
  void instances_thatEnded_areGone() {
    state.add(0, at(0), report("a", 0, null));
    state.add(1, at(1), report("b", 0, null));
    state.add(2, at(2), new ControlRecord.Ended("a"));

    assertThat(state.instances()).extracting(InstanceReport::instance).containsExactly("b");
  }

  /** As from an instance that has not noticed yet that the topic was deleted and made anew. */
  @Test
  void report_thatAnswersWhatComesBehindIt_answersNothing() {
    state.add(7, at(7), new ControlRecord.Activated("tweets", first));
    state.add(8, at(8), report("a", 7, "bad"));
    state.add(9, at(9), report("b", 12_345, "bad"));
    state.add(10, at(10), report("c", 10, null));

    assertThat(state.instances())
        .extracting(report -> report.routes().get("tweets"))
        .containsExactly(
            new RouteReport("m", "v", 7, at(7), "bad"),
            new RouteReport("m", "v", RouteReport.NOTHING, null, null),
            new RouteReport("m", "v", RouteReport.NOTHING, null, null));
  }

  @Test
  void fallback_withoutAnActivation_isNone() {
    assertThat(state.fallback("tweets")).isEmpty();
    state.add(0, at(0), new ControlRecord.Deactivated("tweets"));
    assertThat(state.fallback("tweets")).isEmpty();
  }

  @Test
  void fallback_ofAnActivationThatIsUsed_isIt() {
    state.add(5, at(5), new ControlRecord.Activated("tweets", second));
    assertThat(state.fallback("tweets")).contains(second);

    state.add(6, at(6), report("a", 5, "bad"));
    state.add(7, at(7), report("b", 5, null));
    assertThat(state.fallback("tweets")).contains(second);
  }

  @Test
  void fallback_ofAnActivationThatAllRefuse_isTheOneBefore() {
    state.add(5, at(5), new ControlRecord.Activated("tweets", second));
    state.add(6, at(6), report("a", 5, "bad"));
    state.add(7, at(7), report("b", 4, null));

    assertThat(state.fallback("tweets")).contains(first);
  }

  /** As from an instance that answers a topic of before, at the offset of the record. */
  @Test
  void report_thatAnswersARecordOfAnotherTime_isNoRefusalOfIt() {
    state.add(5, at(6), new ControlRecord.Activated("tweets", second));
    state.add(6, at(7), report("a", 5, "bad"));

    assertThat(state.fallback("tweets")).contains(second);
    assertThat(state.instances())
        .extracting(report -> report.routes().get("tweets"))
        .allMatch(report -> report.answers(5, at(5)) && !report.answers(5, at(6)));
  }

  private static Instant at(long second) {
    return Instant.EPOCH.plusSeconds(second);
  }

  private static ControlRecord report(String instance, long answers, @Nullable String refusal) {
    return new ControlRecord.Reported(
        new InstanceReport(
            instance,
            "app",
            Instant.EPOCH,
            Map.of("tweets", new RouteReport("m", "v", answers, at(answers), refusal))));
  }

  private static Activation activation(String bundle, @Nullable Activation previous) {
    return new Activation(bundle, "m", "a".repeat(64), false, Instant.EPOCH, previous);
  }
}
