package io.sentimentstreams.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class JoinedCallsTest {
  private static final int MANY_THREADS = 16;
  private static final int POISON = -1;
  private static final int FATAL = -2;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Device device = new Device();
  private final AtomicLong nanos = new AtomicLong();
  private final Queue<Long> queued = new ConcurrentLinkedQueue<>();

  /** Squares numbers, one call at a time; fails for every call with a bad number in it. */
  private static final class Device {
    private final Queue<List<Integer>> calls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();
    private final Semaphore permits = new Semaphore(1_000_000);

    List<Integer> square(List<Integer> rows) {
      assertThat(running.incrementAndGet()).isOne();
      try {
        calls.add(List.copyOf(rows));
        permits.acquireUninterruptibly();
        if (rows.contains(FATAL)) {
          throw new StackOverflowError("fatal");
        }
        if (rows.contains(POISON)) {
          throw new ArithmeticException("poison among " + rows);
        }
        return rows.stream().map(row -> row * row).toList();
      } finally {
        running.decrementAndGet();
      }
    }

    /** From now on calls wait until they are let go. */
    void block() {
      permits.drainPermits();
    }

    void letOneGo() {
      permits.release();
    }

    void letAllGo() {
      permits.release(1_000_000);
    }
  }

  @AfterEach
  void endThreads() {
    device.letAllGo();
    threads.shutdownNow();
  }

  @Test
  void call_alone_isMadeAtOnce() {
    try (JoinedCalls<Integer, Integer> calls = joined(100, Duration.ZERO)) {
      assertThat(calls.apply(List.of(3, 4))).containsExactly(9, 16);
      assertThat(calls.apply(List.of())).isEmpty();
    }
    assertThat(device.calls).containsExactly(List.of(3, 4));
    assertThat(queued).containsExactly(0L);
  }

  @Test
  void calls_duringAnother_areJoinedInTheirOrder() throws Exception {
    try (JoinedCalls<Integer, Integer> calls = joined(100, Duration.ZERO)) {
      Future<List<Integer>> first = startAndRun(calls, 1);
      Future<List<Integer>> second = startAndWait(calls, 2, 3);
      nanos.set(50);
      Future<List<Integer>> third = startAndWait(calls, 4);
      Future<List<Integer>> fourth = startAndWait(calls, 5, 6, 7);
      nanos.set(70);
      device.letAllGo();

      assertThat(first.get()).containsExactly(1);
      assertThat(second.get()).containsExactly(4, 9);
      assertThat(third.get()).containsExactly(16);
      assertThat(fourth.get()).containsExactly(25, 36, 49);
    }
    assertThat(device.calls).containsExactly(List.of(1), List.of(2, 3, 4, 5, 6, 7));
    assertThat(queued).containsExactly(0L, 70L, 20L, 20L);
  }

  @Test
  void calls_ofMoreRowsThanFit_goInTheNextCall() throws Exception {
    try (JoinedCalls<Integer, Integer> calls = joined(4, Duration.ZERO)) {
      List<Future<List<Integer>>> all =
          List.of(
              startAndRun(calls, 1),
              startAndWait(calls, 2, 3),
              startAndWait(calls, 4, 5, 6),
              startAndWait(calls, 7),
              startAndWait(calls, 1, 2, 3, 4, 5, 6),
              startAndWait(calls, 8));
      device.letAllGo();
      for (Future<List<Integer>> each : all) {
        assertThat(each.get()).isNotEmpty();
      }
    }
    assertThat(device.calls)
        .containsExactly(
            List.of(1), List.of(2, 3), List.of(4, 5, 6, 7), List.of(1, 2, 3, 4, 5, 6), List.of(8));
  }

  @Test
  void firstCall_withTimeToWait_takesItsCompanyWhenTheTimeIsOver() throws Exception {
    try (JoinedCalls<Integer, Integer> calls = joined(100, Duration.ofSeconds(10))) {
      Future<List<Integer>> first = startAndWait(calls, 1);
      nanos.set(Duration.ofSeconds(9).toNanos());
      Future<List<Integer>> second = startAndWait(calls, 2);
      calls.wake();
      assertThat(device.calls).isEmpty();

      nanos.set(Duration.ofSeconds(10).toNanos());
      calls.wake();

      assertThat(first.get()).containsExactly(1);
      assertThat(second.get()).containsExactly(4);
    }
    assertThat(device.calls).containsExactly(List.of(1, 2));
    assertThat(queued)
        .containsExactly(Duration.ofSeconds(10).toNanos(), Duration.ofSeconds(1).toNanos());
  }

  @Test
  void firstCall_withTimeToWait_goesWhenAsManyRowsAsMayBeAreThere() throws Exception {
    try (JoinedCalls<Integer, Integer> calls = joined(3, Duration.ofSeconds(10))) {
      Future<List<Integer>> first = startAndWait(calls, 1, 2);
      Future<List<Integer>> second = start(calls, 3);

      assertThat(first.get()).containsExactly(1, 4);
      assertThat(second.get()).containsExactly(9);
    }
    assertThat(device.calls).containsExactly(List.of(1, 2, 3));
  }

  @Test
  void firstCall_whenAllThreadsAreThere_waitsForNobody() throws Exception {
    try (JoinedCalls<Integer, Integer> calls =
        new JoinedCalls<>(
            device::square,
            new JoinPolicy(100, Duration.ofSeconds(10)),
            2,
            queued::add,
            nanos::get)) {
      Future<List<Integer>> first = startAndWait(calls, 1);
      Future<List<Integer>> second = start(calls, 2);

      assertThat(first.get()).containsExactly(1);
      assertThat(second.get()).containsExactly(4);
    }
    assertThat(device.calls).containsExactly(List.of(1, 2));
  }

  @Test
  void joinedCall_thatFails_isRepeatedAloneByEach() throws Exception {
    try (JoinedCalls<Integer, Integer> calls = joined(100, Duration.ZERO)) {
      Future<List<Integer>> first = startAndRun(calls, 1);
      Future<List<Integer>> good = startAndWait(calls, 2);
      Future<List<Integer>> bad = startAndWait(calls, 3, POISON);
      Future<List<Integer>> better = startAndWait(calls, 4);
      device.letAllGo();

      assertThat(first.get()).containsExactly(1);
      assertThat(good.get()).containsExactly(4);
      assertThat(better.get()).containsExactly(16);
      assertThatThrownBy(bad::get)
          .cause()
          .isInstanceOf(ArithmeticException.class)
          .hasMessage("poison among [3, -1]");
    }
    assertThat(device.calls)
        .containsExactly(
            List.of(1), List.of(2, 3, POISON, 4), List.of(2), List.of(3, POISON), List.of(4));
    assertThat(queued).hasSize(4);
  }

  @Test
  void callsAlone_afterAFailure_goBeforeThoseThatCameLater() throws Exception {
    try (JoinedCalls<Integer, Integer> calls = joined(2, Duration.ZERO)) {
      List<Future<List<Integer>>> all =
          List.of(
              startAndRun(calls, 1),
              startAndWait(calls, 2),
              startAndWait(calls, POISON),
              startAndWait(calls, 3),
              startAndWait(calls, 4));
      device.letAllGo();
      for (Future<List<Integer>> each : all) {
        awaitDone(each);
      }
    }
    assertThat(device.calls)
        .containsExactly(
            List.of(1), List.of(2, POISON), List.of(2), List.of(POISON), List.of(3, 4));
  }

  @Test
  void errorOfTheJvm_inAJoinedCall_endsTheLeaderAndLeavesNobodyWaiting() throws Exception {
    try (JoinedCalls<Integer, Integer> calls = joined(100, Duration.ZERO)) {
      Future<List<Integer>> first = startAndRun(calls, 1);
      Future<List<Integer>> leader = startAndWait(calls, FATAL);
      Future<List<Integer>> follower = startAndWait(calls, 2);
      device.letAllGo();

      assertThat(first.get()).containsExactly(1);
      assertThatThrownBy(leader::get).cause().isInstanceOf(StackOverflowError.class);
      assertThat(follower.get()).containsExactly(4);
      assertThatThrownBy(() -> calls.apply(List.of(FATAL))).isInstanceOf(StackOverflowError.class);
      assertThat(calls.apply(List.of(5))).containsExactly(25);
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "3"})
  void function_withAnotherNumberOfResults_isADefect(int results) {
    try (JoinedCalls<Integer, Integer> calls =
        joined(rows -> IntStream.range(0, results).boxed().toList())) {
      assertThatThrownBy(() -> calls.apply(List.of(7, 8)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the batch function gave %d results for 2 rows", results);
    }
  }

  @Test
  void function_withANullForAResult_failsAndLeavesNobodyWaiting() {
    try (JoinedCalls<Integer, Integer> calls = joined(rows -> Arrays.asList(new Integer[1]))) {
      assertThatThrownBy(() -> calls.apply(List.of(7))).isInstanceOf(NullPointerException.class);
      assertThatThrownBy(() -> calls.apply(List.of(7))).isInstanceOf(NullPointerException.class);
    }
  }

  @Test
  void interrupt_whileOthersCompute_leavesTheCallItsResultsAndTheFlagSet() throws Exception {
    try (JoinedCalls<Integer, Integer> calls = joined(100, Duration.ZERO)) {
      Future<List<Integer>> first = startAndRun(calls, 1);
      FutureTask<Boolean> flag =
          new FutureTask<>(
              () -> {
                assertThat(calls.apply(List.of(2))).containsExactly(4);
                return Thread.currentThread().isInterrupted();
              });
      Thread thread = new Thread(flag);
      thread.start();
      awaitWaiting(calls, 1);
      thread.interrupt();
      device.letAllGo();

      assertThat(flag.get()).isTrue();
      assertThat(first.get()).containsExactly(1);
    }
  }

  @Test
  void interrupt_whileWaitingForCompany_makesTheCallAtOnce() throws Exception {
    try (JoinedCalls<Integer, Integer> calls = joined(100, Duration.ofSeconds(10))) {
      Thread.currentThread().interrupt();

      assertThat(calls.apply(List.of(2))).containsExactly(4);
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(nanos).hasValue(0);
  }

  @Test
  void close_whileCallsWait_failsThemAndWaitsForTheOneThatRuns() throws Exception {
    JoinedCalls<Integer, Integer> calls = joined(100, Duration.ZERO);
    Future<List<Integer>> running = startAndRun(calls, 1);
    Future<List<Integer>> waiting = startAndWait(calls, 2);
    Future<?> closing = threads.submit(calls::close);

    assertClosed(waiting);
    assertThat(closing.isDone()).isFalse();
    device.letOneGo();

    closing.get();
    assertThat(running.get()).containsExactly(1);
    assertThat(device.calls).containsExactly(List.of(1));
    assertThatThrownBy(() -> calls.apply(List.of(3)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the inference stage is closed");
    calls.close();
  }

  @Test
  void close_whileTheFirstWaitsForCompany_failsIt() throws Exception {
    JoinedCalls<Integer, Integer> calls = joined(100, Duration.ofSeconds(10));
    Future<List<Integer>> waiting = startAndWait(calls, 1);

    calls.close();

    assertClosed(waiting);
    assertThat(device.calls).isEmpty();
  }

  @Test
  void close_beforeTheCallsOfAFailedOneAreRepeated_tellsThatFailure() throws Exception {
    JoinedCalls<Integer, Integer> calls = joined(100, Duration.ZERO);
    Future<List<Integer>> first = startAndRun(calls, 1);
    Future<List<Integer>> bad = startAndWait(calls, POISON);
    Future<List<Integer>> good = startAndWait(calls, 2);
    device.letOneGo();
    assertThat(first.get()).containsExactly(1);
    Awaitility.await().until(() -> device.calls.size() == 2);
    Future<?> closing = threads.submit(calls::close);
    Awaitility.await().until(() -> calls.isClosed());
    device.letOneGo();

    closing.get();
    assertThatThrownBy(bad::get)
        .cause()
        .hasMessage("the inference stage is closed")
        .hasRootCauseMessage("poison among [-1, 2]");
    assertClosed(good);
  }

  @Test
  void calls_ofManyThreads_eachGetTheirOwnResults() throws Exception {
    try (JoinedCalls<Integer, Integer> calls =
        new JoinedCalls<>(
            device::square,
            new JoinPolicy(40, Duration.ofNanos(10_000)),
            MANY_THREADS,
            queued::add,
            System::nanoTime)) {
      CountDownLatch go = new CountDownLatch(1);
      List<Future<Integer>> all = new ArrayList<>();
      for (int thread = 0; thread < MANY_THREADS; thread++) {
        int base = thread * 1_000;
        all.add(
            threads.submit(
                () -> {
                  go.await();
                  int rows = 0;
                  for (int call = 0; call < 300; call++) {
                    List<Integer> own =
                        IntStream.rangeClosed(base, base + call % 7).boxed().toList();
                    assertThat(calls.apply(own))
                        .isEqualTo(own.stream().map(row -> row * row).toList());
                    rows += own.size();
                  }
                  return rows;
                }));
      }
      go.countDown();
      long rows = 0;
      for (Future<Integer> each : all) {
        rows += each.get();
      }
      assertThat(device.calls.stream().mapToLong(List::size).sum()).isEqualTo(rows);
      assertThat(device.calls).allMatch(call -> call.size() <= 40);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 'stage.maximumRows: 0, but'",
    "1, -1, 'stage.maximumWait: PT-0.001S, but'",
    "1, 10001, 'stage.maximumWait: PT10.001S, but'",
  })
  void policy_thatCannotBe_isRefused(int rows, int waitMillis, String message) {
    Duration wait = Duration.ofMillis(waitMillis);
    assertThatThrownBy(() -> new JoinPolicy(rows, wait))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(message);
  }

  private JoinedCalls<Integer, Integer> joined(int maximumRows, Duration maximumWait) {
    return new JoinedCalls<>(
        device::square,
        new JoinPolicy(maximumRows, maximumWait),
        MANY_THREADS,
        queued::add,
        nanos::get);
  }

  private JoinedCalls<Integer, Integer> joined(Function<List<Integer>, List<Integer>> function) {
    return new JoinedCalls<>(
        function, new JoinPolicy(9, Duration.ZERO), 1, queued::add, nanos::get);
  }

  private Future<List<Integer>> start(JoinedCalls<Integer, Integer> calls, Integer... rows) {
    return threads.submit(() -> calls.apply(List.of(rows)));
  }

  /** Starts a call that occupies the device until that is let go. */
  private Future<List<Integer>> startAndRun(JoinedCalls<Integer, Integer> calls, Integer... rows) {
    device.block();
    Future<List<Integer>> started = start(calls, rows);
    Awaitility.await().until(() -> device.calls.size() == 1);
    return started;
  }

  /** Starts a call that stands in the queue when this returns. */
  private Future<List<Integer>> startAndWait(JoinedCalls<Integer, Integer> calls, Integer... rows) {
    int before = calls.waiting();
    Future<List<Integer>> started = start(calls, rows);
    awaitWaiting(calls, before + 1);
    return started;
  }

  private static void awaitWaiting(JoinedCalls<Integer, Integer> calls, int waiting) {
    Awaitility.await().until(() -> calls.waiting() == waiting);
  }

  private static void awaitDone(Future<?> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException expected) {
      assertThat(expected).cause().isInstanceOf(ArithmeticException.class);
    }
  }

  private static void assertClosed(Future<?> future) {
    assertThatThrownBy(future::get)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the inference stage is closed");
  }
}
