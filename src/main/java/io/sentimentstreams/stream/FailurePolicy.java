package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.batch.BackOff;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidSessionTimeoutException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread dies: nothing is lost, its transaction is given up, and after a
 * delay, which grows with each death, a new thread begins at the last commit. What no new thread
 * can mend stops the stream, and so do too many deaths within a short time.
 */
final class FailurePolicy implements StreamsUncaughtExceptionHandler {
  /** Threads that may be replaced within {@link #WINDOW}, however few there are. */
  static final int REPLACEMENTS = 5;

  /** Replacements of each thread within {@link #WINDOW}: an outage takes all of them at once. */
  static final int REPLACEMENTS_A_THREAD = 2;

  /**
   * A dead thread's partitions come back only after its session has ended, 45 s by Kafka's default;
   * all replacements must fit.
   */
  static final Duration WINDOW = Duration.ofMinutes(10);

  /** Delays of the replacements, before they are shortened at random. */
  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);

  private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(FailurePolicy.class);

  private final int replacements;
  private final InstantSource clock;
  private final Consumer<Duration> pause;
  private final BackOff backOff;
  private final Deque<Instant> deaths = new ArrayDeque<>();
  private @Nullable Throwable fatal;

  /**
   * A policy without deaths so far.
   *
   * @param pause waits, shorter where the stream ends
   * @param random for the delays
   */
  FailurePolicy(
      int threads, InstantSource clock, Consumer<Duration> pause, RandomGenerator random) {
    this.replacements = Math.max(REPLACEMENTS, REPLACEMENTS_A_THREAD * threads);
    this.clock = clock;
    this.pause = pause;
    this.backOff = new BackOff(FIRST_DELAY, LONGEST_DELAY, random);
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable failure) {
    StreamThreadExceptionResponse response = response(failure);
    if (response == StreamThreadExceptionResponse.REPLACE_THREAD) {
      // In the thread that dies: the new one begins when this returns.
      pause.accept(delay());
    }
    return response;
  }

  private synchronized Duration delay() {
    return backOff.delay(deaths.size() - 1);
  }

  private synchronized StreamThreadExceptionResponse response(Throwable failure) {
    if (isFatal(failure)) {
      return stop(failure, "A stream thread died of what no restart mends; the stream stops");
    }
    Instant now = clock.instant();
    deaths.addLast(now);
    deaths.removeIf(death -> death.isBefore(now.minus(WINDOW)));
    if (deaths.size() > replacements) {
      return stop(failure, "Stream threads die again and again; the stream stops");
    }
    LOG.warn("A stream thread died and is replaced; it goes on at the last commit", failure);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private StreamThreadExceptionResponse stop(Throwable failure, String message) {
    LOG.error("{}; nothing is lost, a new start goes on at the last commit", message, failure);
    fatal = failure;
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /** Something else than a thread's death stops the stream. */
  synchronized void stopBy(Throwable failure) {
    if (fatal == null) {
      stop(failure, "The stream stops");
    }
  }

  /** What stopped the stream. */
  synchronized Optional<Throwable> fatal() {
    return Optional.ofNullable(fatal);
  }

  private static boolean isFatal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Error
          || cause instanceof InvalidInputException
          || cause instanceof AuthenticationException
          || cause instanceof AuthorizationException
          || cause instanceof InvalidSessionTimeoutException
          || cause instanceof InvalidTxnTimeoutException
          || cause instanceof RecordTooLargeException
          || cause instanceof MissingSourceTopicException) {
        return true;
      }
    }
    return false;
  }
}
