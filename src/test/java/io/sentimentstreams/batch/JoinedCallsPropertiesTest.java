package io.sentimentstreams.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class JoinedCallsPropertiesTest {
  private static final int POISON = -1;

  /** Calls of threads that all begin together, some of them bad. */
  @Property(tries = 60)
  void calls_anyOfAnyThreads_giveWhatTheyGiveAlone(
      @ForAll @Size(max = 8)
          List<@Size(max = 4) List<@Size(max = 5) List<@IntRange(min = POISON, max = 9) Integer>>>
              plan,
      @ForAll @IntRange(min = 1, max = 12) int maximumRows,
      @ForAll boolean wait)
      throws Exception {
    Duration maximumWait = wait ? Duration.ofMillis(1) : Duration.ZERO;
    ExecutorService threads = Executors.newCachedThreadPool();
    try (JoinedCalls<Integer, Integer> calls =
        new JoinedCalls<>(
            JoinedCallsPropertiesTest::square,
            new JoinPolicy(maximumRows, maximumWait),
            Math.max(1, plan.size()),
            nanosWaited -> {},
            System::nanoTime)) {
      CountDownLatch go = new CountDownLatch(1);
      List<Future<?>> all = new ArrayList<>();
      for (List<List<Integer>> ofOneThread : plan) {
        all.add(
            threads.submit(
                () -> {
                  go.await();
                  ofOneThread.forEach(rows -> assertAsAlone(calls, rows));
                  return null;
                }));
      }
      go.countDown();
      for (Future<?> each : all) {
        each.get(1, TimeUnit.MINUTES);
      }
      assertThat(calls.waiting()).isZero();
    } finally {
      threads.shutdownNow();
    }
  }

  private static void assertAsAlone(JoinedCalls<Integer, Integer> calls, List<Integer> rows) {
    if (rows.contains(POISON)) {
      assertThatThrownBy(() -> calls.apply(rows))
          .isInstanceOf(ArithmeticException.class)
          .hasMessage("poison among " + rows);
    } else {
      assertThat(calls.apply(rows)).isEqualTo(rows.stream().map(row -> row * row).toList());
    }
  }

  private static List<Integer> square(List<Integer> rows) {
    if (rows.contains(POISON)) {
      throw new ArithmeticException("poison among " + rows);
    }
    return rows.stream().map(row -> row * row).toList();
  }
}
