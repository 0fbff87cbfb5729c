package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A run against a stream of the test's own, by the test's own clock. */
final class DemoRunTest {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final TestShell shell = new TestShell();
  private final StopRequest stop = new StopRequest(shell.shell().signals(), () -> {});
  private final AtomicLong nanos = new AtomicLong();
  private final RunTally tally = new RunTally(nanos::get);
  private final List<DemoEvent> sent = new ArrayList<>();
  private Runnable whenWaiting = () -> {};

  @Test
  void feed_throughAStreamThatLabels_ends() throws Exception {
    RunTally.Counts counts =
        run(DemoFeed.of(events(3)), () -> tally.labelled("positive"), Duration.ZERO);

    assertThat(counts.out()).isEqualTo(3);
    assertThat(sent).hasSize(3);
  }

  @Test
  void stop_withEventsThatDoNotComeOut_endsAfterItsTimeout() throws Exception {
    RunTally.Counts counts =
        run(DemoFeed.repeating(() -> DemoFeed.of(events(3))), this::stopAtTheTenth, second());

    assertThat(sent).hasSize(10);
    assertThat(counts.in()).isEqualTo(10);
    assertThat(counts.done()).isZero();
    assertThat(Duration.ofNanos(nanos.get())).isBetween(STOP_TIMEOUT, STOP_TIMEOUT.plusSeconds(5));
  }

  @Test
  void stop_withMoreUnderWayThanIsSentAhead_isNotHeldUpByThem() throws Exception {
    whenWaiting = shell::interrupt;

    run(DemoFeed.repeating(() -> DemoFeed.of(events(1000))), () -> {}, second());

    assertThat(sent).hasSize(50_001);
  }

  private void stopAtTheTenth() {
    if (sent.size() == 10) {
      shell.interrupt();
    }
  }

  private static Duration second() {
    return Duration.ofSeconds(1);
  }

  /**
   * @param onSent after each event
   * @param perLook how much time passes whenever the run looks whether the stream is well
   */
  private RunTally.Counts run(DemoFeed feed, Runnable onSent, Duration perLook)
      throws InterruptedException {
    DemoRun.Sender sender =
        new DemoRun.Sender() {
          @Override
          public void send(DemoEvent event) {
            sent.add(event);
            tally.accepted();
            onSent.run();
          }

          @Override
          public void flush() {}
        };
    Runnable look =
        () -> {
          nanos.addAndGet(perLook.toNanos());
          whenWaiting.run();
        };
    return new DemoRun(sender, tally, look, stop, STOP_TIMEOUT, nanos::get)
        .run(feed, Double.POSITIVE_INFINITY);
  }

  private static List<DemoEvent> events(int count) {
    List<DemoEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(DemoEvent.ofText("tweets", "id-" + i, "text", "great", Map.of()));
    }
    return events;
  }
}
