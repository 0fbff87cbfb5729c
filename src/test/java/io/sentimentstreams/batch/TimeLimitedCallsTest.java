package io.sentimentstreams.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TimeLimitedCallsTest {
  /** Such a row hangs until the test lets it go. */
  private static final int HANGS = 13;

  /** Never over by itself: the clock of most tests stands. */
  private static final Duration LIMIT = Duration.ofHours(1);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger abandoned = new AtomicInteger();
  private final AtomicInteger called = new AtomicInteger();
  private final AtomicInteger cameBack = new AtomicInteger();
  private final TimeLimitedCalls.Listener listener =
      new TimeLimitedCalls.Listener() {
        @Override
        public void abandoned() {
          abandoned.incrementAndGet();
        }

        @Override
        public void cameBack() {
          cameBack.incrementAndGet();
        }
      };
  private final CountDownLatch letGo = new CountDownLatch(1);
  private final TimeLimitedCalls<Integer, Integer> calls =
      new TimeLimitedCalls<>("test", this::square, 2, listener, nanos::get);

  private List<Integer> square(List<Integer> rows) {
    called.incrementAndGet();
    if (rows.contains(0)) {
      throw new ArithmeticException("zero");
    }
    if (rows.contains(HANGS)) {
      awaitUninterruptibly();
    }
    return rows.stream().map(row -> row * row).toList();
  }

  private void awaitUninterruptibly() {
    boolean interrupted = false;
    while (true) {
      try {
        letGo.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void letGo() {
    letGo.countDown();
    threads.shutdownNow();
  }

  @Test
  void call_inTime_givesItsResults() {
    assertThat(calls.apply(List.of(2, 3), LIMIT)).containsExactly(4, 9);
    assertThat(calls.stuck()).isZero();
  }

  @Test
  void call_thatFails_throwsWhatTheFunctionThrew() {
    assertThatThrownBy(() -> calls.apply(List.of(0), LIMIT))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("zero");
  }

  @Test
  void call_withAnError_throwsIt() {
    TimeLimitedCalls<Integer, Integer> failing =
        new TimeLimitedCalls<>(
            "test",
            rows -> {
              throw new StackOverflowError("test");
            },
            1,
            listener,
            nanos::get);
    assertThatThrownBy(() -> failing.apply(List.of(1), LIMIT))
        .isInstanceOf(StackOverflowError.class);
  }

  @Test
  void call_beyondItsLimit_isAbandoned() {
    assertTimesOut(2, HANGS);
    assertThat(abandoned).hasValue(1);
    assertThat(calls.stuck()).isEqualTo(1);
    assertThat(calls.apply(List.of(2), LIMIT)).containsExactly(4);
  }

  @Test
  void rowThatHungAlone_again_timesOutWithoutACall() {
    assertTimesOut(HANGS);
    int before = called.get();

    assertThatThrownBy(() -> calls.apply(List.of(1, HANGS), LIMIT))
        .isInstanceOf(CallTimedOutException.class)
        .hasMessageContaining("equal");
    assertThat(called).hasValue(before);
    assertThat(calls.stuck()).isEqualTo(1);
  }

  @Test
  void rowThatHungAlone_afterItCameBack_isTriedAgain() {
    assertTimesOut(HANGS);
    letGo.countDown();
    Awaitility.await().until(() -> calls.stuck() == 0);

    assertThat(calls.apply(List.of(HANGS), LIMIT)).containsExactly(169);
    Awaitility.await().untilAsserted(() -> assertThat(cameBack).hasValue(1));
  }

  @Test
  void calls_whileTooManyAreStuck_areRefused() {
    assertTimesOut(1, HANGS);
    assertTimesOut(2, HANGS);

    assertThatThrownBy(() -> calls.apply(List.of(2), LIMIT))
        .isInstanceOf(CallsExhaustedException.class)
        .hasMessageContaining("2 calls hang");
    letGo.countDown();
    Awaitility.await().until(() -> calls.stuck() == 0);
    assertThat(calls.apply(List.of(2), LIMIT)).containsExactly(4);
  }

  @Test
  void room_whileTooManyAreStuck_isThereAsSoonAsOneEnds() throws Exception {
    calls.awaitRoom(LIMIT);
    assertTimesOut(1, HANGS);
    assertTimesOut(2, HANGS);
    Future<?> room = threads.submit(() -> calls.awaitRoom(LIMIT));

    letGo.countDown();
    room.get();

    assertThat(calls.apply(List.of(2), LIMIT)).containsExactly(4);
  }

  @Test
  void room_thatDoesNotCome_isWaitedForUpToTheLimit() {
    assertTimesOut(1, HANGS);
    assertTimesOut(2, HANGS);
    Future<?> room = threads.submit(() -> calls.awaitRoom(LIMIT));

    Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              nanos.addAndGet(Duration.ofMinutes(10).toNanos());
              calls.wake();
              return room.isDone();
            });
    assertThat(calls.stuck()).isEqualTo(2);
  }

  /** The time of a process that was stopped does not count against its calls. */
  @Test
  void call_whileTheProcessStoodStill_isNotAbandonedAtOnce() throws Exception {
    Future<List<Integer>> call = threads.submit(() -> calls.apply(List.of(HANGS), LIMIT));
    Awaitility.await().until(() -> called.get() == 1);

    nanos.addAndGet(LIMIT.multipliedBy(3).toNanos());
    calls.wake();
    letGo.countDown();

    assertThat(call.get()).containsExactly(169);
    assertThat(abandoned).hasValue(0);
  }

  @Test
  void call_ofAnInterruptedThread_endsAndKeepsTheFlag() throws Exception {
    AtomicBoolean flag = new AtomicBoolean();
    Future<List<Integer>> call =
        threads.submit(
            () -> {
              Thread.currentThread().interrupt();
              List<Integer> results = calls.apply(List.of(2), LIMIT);
              flag.set(Thread.interrupted());
              return results;
            });
    assertThat(call.get()).containsExactly(4);
    assertThat(flag).isTrue();
  }

  @Test
  void close_withoutStuckCalls_disposesAtOnce() {
    AtomicInteger disposed = new AtomicInteger();
    calls.apply(List.of(2), LIMIT);
    assertThat(calls.close(disposed::incrementAndGet)).isZero();
    assertThat(calls.close(disposed::incrementAndGet)).isZero();
    assertThat(disposed).hasValue(1);
    assertThatThrownBy(() -> calls.apply(List.of(2), LIMIT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the model is closed");
  }

  @Test
  void close_withAStuckCall_leavesTheDisposalToIt() {
    AtomicInteger disposed = new AtomicInteger();
    assertTimesOut(HANGS);

    assertThat(calls.close(disposed::incrementAndGet)).isEqualTo(1);
    assertThat(disposed).hasValue(0);

    letGo.countDown();
    Awaitility.await().untilAsserted(() -> assertThat(disposed).hasValue(1));
  }

  /** Lets the clock run until the call's limit is over. */
  private void assertTimesOut(Integer... rows) {
    Future<List<Integer>> call = threads.submit(() -> calls.apply(List.of(rows), LIMIT));
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              nanos.addAndGet(Duration.ofMinutes(10).toNanos());
              calls.wake();
              return call.isDone();
            });
    assertThatThrownBy(call::get).cause().isInstanceOf(CallTimedOutException.class);
  }
}
