package io.sentimentstreams.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SamplesTest {
  private static final List<Integer> FRAME = IntStream.range(0, 256).boxed().toList();

  private final AtomicLong nanos = new AtomicLong();
  private final Samples samples = new Samples(10, nanos::get, new Random(1));

  @Test
  void frames_atFullSpeed_giveNoMoreThanTheBudgetOfEachSecond() {
    int taken = 0;
    for (int milli = 0; milli < 10_000; milli++) {
      nanos.set(Duration.ofMillis(milli).toNanos());
      taken += samples.ofLabelled(FRAME).size();
    }
    assertThat(taken).isBetween(100, 110); // the first second's worth is there at the start
  }

  @Test
  void events_fewerThanTheBudget_areAllTaken() {
    for (int second = 0; second < 10; second++) {
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      assertThat(samples.ofLabelled(List.of(1, 2, 3))).containsExactly(1, 2, 3);
    }
  }

  @Test
  void someOfMany_comeFromAllOverTheFrame() {
    List<Integer> some = samples.ofLabelled(FRAME);
    assertThat(some).hasSize(10).isSorted();
    assertThat(some.get(0)).isLessThan(26);
    assertThat(some.get(9)).isGreaterThan(229);
  }

  @Test
  void deadLetters_whileEventsCrowd_haveABudgetOfTheirOwn() {
    samples.ofLabelled(FRAME);
    assertThat(samples.ofLabelled(FRAME)).isEmpty();
    assertThat(samples.wantsLabelled()).isFalse();
    assertThat(samples.wantsDead()).isTrue();
    assertThat(samples.ofDead(List.of("a", "b"))).containsExactly("a", "b");
  }

  @Test
  void none_whereNoneAreAsked() {
    Samples off = new Samples(0, nanos::get, new Random(1));
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(off.wantsLabelled()).isFalse();
    assertThat(off.wantsDead()).isFalse();
    assertThat(off.ofLabelled(FRAME)).isEmpty();
  }

  @Test
  void offer_whereNobodyTakes_dropsWithoutWaiting() throws InterruptedException {
    Sample.Dead letter = new Sample.Dead("r", new Place("t", 0, 1, 2), "tombstone", "");
    for (int i = 0; i < 1000; i++) {
      samples.offer(letter);
    }
    int held = 0;
    while (samples.take(Duration.ZERO) != null) {
      held++;
    }
    assertThat(held).isEqualTo(64);
  }

  @Test
  void beginning_cutInAPairOfSurrogates_leavesItOut() {
    assertThat(Sample.beginning("ab😊c", 3)).isEqualTo("ab");
    assertThat(Sample.beginning("ab😊c", 4)).isEqualTo("ab😊");
    assertThat(Sample.beginning("abc", 3)).isEqualTo("abc");
  }
}
