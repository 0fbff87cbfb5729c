package io.sentimentstreams.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CircuitBreakerTest {
  private final List<String> told = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<Runnable> scheduled = new ArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();
  private boolean ending;
  private boolean broken;
  private long nanos;

  private final CircuitBreaker breaker =
      new CircuitBreaker(
          3,
          new BackOff(Duration.ofMillis(200), Duration.ofSeconds(30), new SplittableRandom(1)),
          new CircuitBreaker.Clockwork() {
            @Override
            public boolean pause(Duration delay) {
              pauses.add(delay);
              nanos += delay.toNanos();
              return !ending;
            }

            @Override
            public void after(Duration delay, Runnable task) {
              pauses.add(delay);
              nanos += delay.toNanos();
              scheduled.add(task);
            }
          },
          () -> nanos,
          new CircuitBreaker.Listener() {
            @Override
            public void opened(RuntimeException cause) {
              told.add("opened by " + cause.getMessage());
            }

            @Override
            public void stillOpen(RuntimeException cause, Duration since) {
              told.add("still open by " + cause.getMessage());
            }

            @Override
            public void closed(Duration since) {
              assertThat(since).isPositive();
              told.add("closed");
            }
          });

  @Test
  void work_thatIsNotFinishedInTime_passesThroughAndIsNotTriedAgain() {
    assertThatThrownBy(
            () ->
                breaker.call(
                    () -> {
                      calls.incrementAndGet();
                      throw new BatchUnfinishedException("too long", new ArithmeticException());
                    },
                    () -> {}))
        .isInstanceOf(BatchUnfinishedException.class);
    assertThat(calls).hasValue(1);
    assertThat(told).isEmpty();
    assertThat(breaker.cause()).isEmpty();
  }

  @Test
  void work_thatSucceeds_isDoneOnce() {
    assertThat(call()).isEqualTo(1);
    assertThat(told).isEmpty();
    assertThat(pauses).isEmpty();
  }

  @Test
  void work_thatFailsForAWhile_isTriedAgainAfterGrowingDelays() {
    int result =
        breaker.call(
            () -> {
              if (calls.incrementAndGet() < 4) {
                throw new ArithmeticException("outage");
              }
              return 7;
            },
            this::probe);

    assertThat(result).isEqualTo(7);
    assertThat(calls).hasValue(4);
    assertThat(pauses).hasSize(3).isSorted();
    assertThat(told).isEmpty();
  }

  @Test
  void work_thatFailsAlways_opensUntilTheProbePasses() {
    broken = true;
    assertOpen();
    assertThat(calls).hasValue(4);
    assertThat(breaker.cause()).hasValueSatisfying(e -> assertThat(e).hasMessage("outage"));

    // Open: nothing is begun.
    assertOpen();
    assertThat(calls).hasValue(4);

    runScheduled();
    runScheduled();
    broken = false;
    runScheduled();

    assertThat(told)
        .containsExactly(
            "opened by outage", "still open by probe", "still open by probe", "closed");
    assertThat(scheduled).isEmpty();
    assertThat(breaker.cause()).isEmpty();
    assertThat(call()).isEqualTo(5);
  }

  @Test
  void probes_delayed_moreEachTimeUpToTheLongest() {
    broken = true;
    assertOpen();
    pauses.clear();
    for (int i = 0; i < 20; i++) {
      runScheduled();
    }
    assertThat(pauses).allMatch(delay -> delay.compareTo(Duration.ofSeconds(30)) <= 0);
    assertThat(pauses.get(19)).isGreaterThanOrEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void work_thatHangs_opensWithoutAnotherTry() {
    assertThatThrownBy(
            () ->
                breaker.call(
                    () -> {
                      calls.incrementAndGet();
                      throw new CallTimedOutException("no answer");
                    },
                    this::probe))
        .isInstanceOf(BreakerOpenException.class);
    assertThat(calls).hasValue(1);
    assertThat(told).containsExactly("opened by no answer");
  }

  @Test
  void work_thatFailsWhileAllEnds_doesNotOpen() {
    broken = true;
    ending = true;
    assertOpen();
    assertThat(calls).hasValue(1);
    assertThat(told).isEmpty();
    assertThat(scheduled).isEmpty();
  }

  private void assertOpen() {
    assertThatThrownBy(this::call)
        .isInstanceOf(BreakerOpenException.class)
        .hasMessageContaining("outage");
  }

  private int call() {
    return breaker.call(
        () -> {
          int call = calls.incrementAndGet();
          if (broken) {
            throw new ArithmeticException("outage");
          }
          return call;
        },
        this::probe);
  }

  private void probe() {
    if (broken) {
      throw new ArithmeticException("probe");
    }
  }

  private void runScheduled() {
    scheduled.remove(0).run();
  }
}
