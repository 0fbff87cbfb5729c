package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ReplicaPoolTest {
  @Test
  void add_whileTheOnlyOneIsLentForLong_lendsTheNewOne() throws Exception {
    ReplicaPool<String> pool = new ReplicaPool<>(List.of("first"));
    CountDownLatch lent = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<String> stuck =
          thread.submit(
              () ->
                  pool.use(
                      replica -> {
                        lent.countDown();
                        awaitUnchecked(letGo);
                        return replica;
                      }));
      lent.await();

      pool.add("second");
      String other = pool.use(replica -> replica);
      assertThat(other).isEqualTo("second");

      letGo.countDown();
      assertThat(stuck.get()).isEqualTo("first");
    } finally {
      letGo.countDown();
      thread.shutdownNow();
    }
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
