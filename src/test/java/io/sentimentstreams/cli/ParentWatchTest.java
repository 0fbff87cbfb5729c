package io.sentimentstreams.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
final class ParentWatchTest {
  @Test
  void end_ofTheParent_isNoticedOnce() throws Exception {
    Process parent = new ProcessBuilder("sleep", "60").start();
    try {
      CountDownLatch ended = new CountDownLatch(1);
      CompletableFuture<Void> watch = ParentWatch.of(parent.pid(), ended::countDown);
      assertThat(watch).isNotDone();
      parent.destroyForcibly().waitFor();
      assertThat(ended.await(30, SECONDS)).isTrue();

      CountDownLatch again = new CountDownLatch(1);
      ParentWatch.of(parent.pid(), again::countDown).join();
      assertThat(again.getCount()).isZero();
    } finally {
      parent.destroyForcibly();
    }
  }
}
