package io.sentimentstreams.trend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StreamTimeTest {
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration BEHIND = Duration.ofHours(1);

  private final StreamTime time = new StreamTime(IDLE, BEHIND, List.of("a", "b"), 0);

  @Test
  void time_ofSourcesThatLive_isThatOfTheSlowest() {
    time.reached("a", 5_000, 100);
    assertThat(time.time(200)).isEqualTo(StreamTime.UNKNOWN);
    time.reached("b", 3_000, 200);
    assertThat(time.time(300)).isEqualTo(3_000);
    time.reached("b", 9_000, 300);
    assertThat(time.time(400)).isEqualTo(5_000);
  }

  @Test
  void source_thatIsSilent_isWaitedForAsLongAsIdleSays() {
    ask(0, 900);
    time.reached("a", 5_000, 900);
    assertThat(time.time(990)).isEqualTo(StreamTime.UNKNOWN);
    assertThat(time.time(1_000)).isEqualTo(5_000);
  }

  @Test
  void source_thatIsTooFarBehind_isNotWaitedFor() {
    long hours = 3 * BEHIND.toMillis();
    time.reached("a", hours, 0);
    time.reached("b", 3_000, 0);
    assertThat(time.time(100)).isEqualTo(hours - BEHIND.toMillis());
    time.reached("b", hours - 1_000, 200);
    assertThat(time.time(300)).isEqualTo(hours - 1_000);
  }

  @Test
  void time_whereAllAreSilent_goesOnAsTheClockDoes() {
    time.reached("a", 5_000, 0);
    ask(0, 1_000);
    assertThat(time.time(1_100)).isEqualTo(6_100);
    assertThat(time.time(1_200)).isEqualTo(6_200);
  }

  @Test
  void time_askedForOnceInAWhileOnly_goesOnAllTheSame() {
    time.reached("a", 5_000, 0);
    long last = 0;
    for (long now = 1_001; now < 20_000; now += 1_001) {
      last = time.time(now);
    }
    assertThat(last).isGreaterThan(10_000);
  }

  @Test
  void source_afterAStandStill_isWaitedForAgain() {
    time.reached("a", 5_000, 0);
    time.reached("b", 3_000, 0);
    ask(0, 400);
    time.reached("a", 7_000, 400);
    assertThat(time.time(60_000)).isEqualTo(3_000);
    time.reached("b", 6_000, 60_050);
    assertThat(time.time(60_100)).isEqualTo(6_000);
  }

  private void ask(long from, long to) {
    for (long now = from; now < to; now += 100) {
      long unused = time.time(now);
    }
  }
}
