package io.sentimentstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CallersTest {
  private static final int[][] LONG = new int[4][100];
  private static final int[][] SHORT = new int[4][50];

  private final AtomicLong clock = new AtomicLong();

  /** Takes 10 ns a token. */
  private float[][] compute(int[][] batch) {
    clock.addAndGet(10L * batch.length * batch[0].length);
    return new float[batch.length][];
  }

  @Test
  void timing_ofCalls_isRowsOverTheirTimeAndTimeOverTheirRows() throws InterruptedException {
    try (Callers callers = new Callers(clock::get)) {
      Callers.Timing timing =
          callers.run(this::compute, List.of(LONG, SHORT), 1, Duration.ofNanos(60_000));

      assertThat(timing.nanosARow().getTotalCount()).isEqualTo(20);
      assertThat(timing.nanosARow().getMinValue()).isEqualTo(500);
      assertThat(timing.nanosARow().getMaxValue()).isEqualTo(1000);
      assertThat(timing.rowsPerSecond()).isCloseTo(1e9 / 750, within(1e-3));
    }
  }

  @Test
  void noTime_given_isOneCall() throws InterruptedException {
    try (Callers callers = new Callers(clock::get)) {
      Callers.Timing timing = callers.run(this::compute, List.<int[][]>of(LONG), 1, Duration.ZERO);

      assertThat(timing.nanosARow().getTotalCount()).isEqualTo(1);
    }
  }

  @Test
  void threads_several_callAtTheSameTimeAndAddUp() throws InterruptedException {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Callers.Network network =
        batch -> {
          threads.add(Thread.currentThread());
          return compute(batch);
        };
    try (Callers callers = new Callers(System::nanoTime)) {
      Callers.Timing timing = callers.run(network, List.of(LONG, SHORT), 3, Duration.ZERO);

      assertThat(threads).hasSize(3);
      assertThat(timing.nanosARow().getTotalCount()).isEqualTo(3);
    }
  }

  /** As many threads as on a machine with one core, which takes them one after the other. */
  @Test
  void threads_oneAfterTheOther_areNoFasterThanOne() throws InterruptedException {
    try (Callers callers = new Callers(clock::get)) {
      Callers.Network network =
          batch -> {
            synchronized (clock) {
              return compute(batch);
            }
          };
      Callers.Timing timing =
          callers.run(network, List.<int[][]>of(LONG), 4, Duration.ofNanos(60_000));

      // One thread takes 1 us a text. Another's wait within a call is in that call's time.
      assertThat(timing.rowsPerSecond()).isLessThanOrEqualTo(1e6 + 1);
    }
  }

  @Test
  void failure_ofTheNetwork_comesThrough() {
    Callers.Network network =
        batch -> {
          throw new UnsupportedOperationException("no such thing");
        };
    try (Callers callers = new Callers(System::nanoTime)) {
      assertThatThrownBy(() -> callers.run(network, List.<int[][]>of(LONG), 2, Duration.ZERO))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void results_fewerThanTexts_areNoTiming() {
    try (Callers callers = new Callers(System::nanoTime)) {
      assertThatThrownBy(
              () -> callers.run(batch -> new float[1][], List.<int[][]>of(LONG), 1, Duration.ZERO))
          .hasMessage("1 results for 4 texts");
    }
  }
}
