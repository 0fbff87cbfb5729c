package io.sentimentstreams.stream;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InvalidSessionTimeoutException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FailurePolicyTest {
  private static final Duration STEP = FailurePolicy.WINDOW.dividedBy(100);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final List<Duration> pauses = new ArrayList<>();
  private final FailurePolicy policy = policy(1);

  private FailurePolicy policy(int threads) {
    return new FailurePolicy(threads, now::get, pauses::add, new SplittableRandom(1));
  }

  @Test
  void death_transient_isReplaced() {
    assertThat(policy.handle(transientFailure())).isEqualTo(REPLACE_THREAD);
    assertThat(policy.fatal()).isEmpty();
  }

  @Test
  void deaths_inARow_areReplacedAfterGrowingDelays() {
    for (int i = 0; i < FailurePolicy.REPLACEMENTS; i++) {
      policy.handle(transientFailure());
    }
    assertThat(pauses).hasSize(FailurePolicy.REPLACEMENTS);
    assertThat(pauses.get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(pauses.get(4)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(16));
  }

  @Test
  void stop_bySomethingElse_keepsTheFirstCause() {
    IllegalStateException cause = new IllegalStateException("hangs");
    policy.stopBy(cause);
    policy.stopBy(new IllegalStateException("later"));
    assertThat(policy.fatal()).hasValue(cause);
  }

  @ParameterizedTest
  @MethodSource("fatalFailures")
  void death_thatNoRestartMends_stops(Throwable failure) {
    StreamsException wrapped = new StreamsException("wrapped", failure);
    assertThat(policy.handle(wrapped)).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(pauses).isEmpty();
    assertThat(policy.fatal()).hasValue(wrapped);
  }

  static Stream<Throwable> fatalFailures() {
    return Stream.of(
        new OutOfMemoryError("test"),
        new NoClassDefFoundError("test"),
        new InvalidInputException("test"),
        new SaslAuthenticationException("test"),
        new TopicAuthorizationException("test"),
        new InvalidSessionTimeoutException("test"),
        new InvalidTxnTimeoutException("test"),
        new RecordTooLargeException("test"),
        new MissingSourceTopicException("test"));
  }

  @Test
  void deaths_manyWithinTheWindow_stop() {
    for (int i = 0; i < FailurePolicy.REPLACEMENTS; i++) {
      assertThat(policy.handle(transientFailure())).isEqualTo(REPLACE_THREAD);
      now.updateAndGet(time -> time.plus(STEP));
    }
    assertThat(policy.handle(transientFailure())).isEqualTo(SHUTDOWN_CLIENT);
  }

  @Test
  void deaths_ofManyThreadsInOneOutage_areReplaced() {
    FailurePolicy many = policy(16);
    for (int i = 0; i < 16 * FailurePolicy.REPLACEMENTS_A_THREAD; i++) {
      assertThat(many.handle(transientFailure())).isEqualTo(REPLACE_THREAD);
    }
    assertThat(many.handle(transientFailure())).isEqualTo(SHUTDOWN_CLIENT);
  }

  @Test
  void deaths_farApart_areReplacedForEver() {
    for (int i = 0; i < 10 * FailurePolicy.REPLACEMENTS; i++) {
      assertThat(policy.handle(transientFailure())).isEqualTo(REPLACE_THREAD);
      now.updateAndGet(time -> time.plus(FailurePolicy.WINDOW));
    }
  }

  private static StreamsException transientFailure() {
    return new StreamsException("transient");
  }
}
