package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentimentstreams.batch.BatchUnfinishedException;
import io.sentimentstreams.batch.Frame;
import io.sentimentstreams.batch.FrameRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Frames that take long, by a clock that goes on with each call of the model. */
final class FrameLabellerTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final AtomicLong nanos = new AtomicLong();
  private final FakeLabeller model = new FakeLabeller();
  private final StreamSettings settings = TestSettings.with("model.timeout", "20s");
  private final FrameLabeller labeller =
      TestSlots.maker(settings, new SimpleMeterRegistry(), Instant.EPOCH, nanos::get)
          .make(settings.routes().get(0), new SharedModel(model, Runnable::run))
          .labeller();

  @Test
  void frame_thatTookLong_isNotComputedAgain() {
    callsTake(TIMEOUT.dividedBy(2));
    List<LabelledRow> first = labeller.label(frame("a", "b"), TestGuards.strict());
    List<LabelledRow> second = labeller.label(frame("a", "b"), TestGuards.strict());

    assertThat(model.batches).containsExactly(2);
    assertThat(predictions(second)).isEqualTo(predictions(first));
  }

  /** As in a topic that was deleted and made anew. */
  @Test
  void otherEvents_inThePlacesOfOnesThatTookLong_areComputed() {
    callsTake(TIMEOUT.dividedBy(2));
    labeller.label(frame("a", "b"), TestGuards.strict());
    labeller.label(frame("a", "c"), TestGuards.strict());

    assertThat(model.batches).containsExactly(2, 1);
  }

  @Test
  void frame_thatWasQuick_isNotKept() {
    callsTake(Duration.ofMillis(1));
    labeller.label(frame("a", "b"), TestGuards.strict());
    labeller.label(frame("a", "b"), TestGuards.strict());

    assertThat(model.batches).containsExactly(2, 2);
  }

  @Test
  void frame_whoseDivisionTakesTooLong_isGivenUpInTime() {
    callsTake(TIMEOUT.dividedBy(2));

    assertThatThrownBy(() -> labeller.label(frame("POISON", "b", "c", "d"), TestGuards.strict()))
        .isInstanceOf(BatchUnfinishedException.class)
        .hasRootCauseMessage("the network fails");
    assertThat(Duration.ofNanos(nanos.get())).isLessThan(TIMEOUT.multipliedBy(2));
  }

  /** So its outcome is there, whatever it took. */
  @Test
  void frame_ofOneRow_isNeverGivenUp() {
    callsTake(TIMEOUT);

    assertThat(labeller.label(frame("POISON"), TestGuards.strict()))
        .singleElement()
        .isInstanceOf(LabelledRow.Dead.class);
  }

  private void callsTake(Duration time) {
    model.onPredict = () -> nanos.addAndGet(time.toNanos());
  }

  private static List<Object> predictions(List<LabelledRow> rows) {
    return rows.stream().map(row -> (Object) ((LabelledRow.Done) row).prediction()).toList();
  }

  private static Frame frame(String... texts) {
    List<FrameRow> rows = new ArrayList<>();
    for (String text : texts) {
      byte[] value = "{\"text\":\"%s\"}".formatted(text).getBytes(UTF_8);
      rows.add(new FrameRow(10L + rows.size(), 0, null, value, List.of()));
    }
    return new Frame("tweets", 0, rows);
  }
}
