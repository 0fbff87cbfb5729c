package io.sentimentstreams.stream;

import io.sentimentstreams.batch.BackOff;
import io.sentimentstreams.batch.CallsExhaustedException;
import io.sentimentstreams.batch.CircuitBreaker;
import io.sentimentstreams.metrics.Meters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breakers of all routes. While one is open, consumption is paused: of all routes,
 * since a stream thread serves them all.
 */
final class Breakers implements AutoCloseable {
  /** Calls that hang for so long end with the process only. */
  static final Duration LONGEST_HANG = Duration.ofMinutes(5);

  /** As many calls as may be hang, so that not even a probe can be made. */
  static final Duration LONGEST_EXHAUSTION = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(Breakers.class);

  /** What the breakers do to the stream. */
  interface Consumption {
    void pause();

    void resume();

    /** Nothing but a new process helps. */
    void stop(Throwable cause);
  }

  private final GuardSettings settings;
  private final Meters meters;
  private final Consumption consumption;
  private final NarrowFrames narrow;
  private final Pauses pauses;
  private final LongSupplier nanos;
  private final BackOff backOff;
  private final ScheduledThreadPoolExecutor probes;

  /** Why each open breaker is open, by route. Guarded by this. */
  private final Map<String, String> open = new TreeMap<>();

  /**
   * Without routes yet.
   *
   * @param narrow where frames come to that cannot be worked on as a whole
   * @param pauses how stream threads wait to try again
   * @param nanos as {@link System#nanoTime}
   * @param random for the delays
   */
  Breakers(
      GuardSettings settings,
      Meters meters,
      Consumption consumption,
      NarrowFrames narrow,
      Pauses pauses,
      LongSupplier nanos,
      RandomGenerator random) {
    this.settings = settings;
    this.meters = meters;
    this.consumption = consumption;
    this.narrow = narrow;
    this.pauses = pauses;
    this.nanos = nanos;
    this.backOff = new BackOff(settings.backOff(), settings.longestBackOff(), random);
    this.probes = new ScheduledThreadPoolExecutor(1, Breakers::daemon);
    probes.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "model-probe");
    thread.setDaemon(true);
    return thread;
  }

  /** A route's guard, closed; to be asked for once. */
  RouteGuard guard(Route route, ModelSlot slot) {
    CircuitBreaker breaker =
        new CircuitBreaker(
            settings.retries(), backOff, new RealTime(), nanos, new Watcher(route.name()));
    meters.breaker(route.name(), () -> breaker.cause().isPresent());
    return new RouteGuard(breaker, () -> probe(slot), narrow);
  }

  /** Asks the model that the route has now. */
  private static void probe(ModelSlot slot) {
    try (ModelSlot.Lease lease = slot.lease()) {
      lease.model().labeller().probe();
    }
  }

  /** Which routes' models fail, and how; empty where none does. */
  synchronized List<String> reasons() {
    return new ArrayList<>(open.values());
  }

  private synchronized void opened(String route, RuntimeException cause) {
    LOG.warn(
        "Route {}: its model fails for everything; consumption pauses until it answers again,"
            + " nothing is lost",
        route,
        cause);
    if (open.isEmpty()) {
      consumption.pause();
    }
    open.put(route, reason(route, cause));
  }

  private static String reason(String route, RuntimeException cause) {
    return "route %s: its model fails: %s".formatted(route, Causes.deepestMessage(cause));
  }

  private synchronized void stillOpen(String route, RuntimeException cause, Duration since) {
    LOG.info(
        "Route {}: its model fails since {} s: {}",
        route,
        since.toSeconds(),
        Causes.deepestMessage(cause));
    open.put(route, reason(route, cause));
    // Whoever closes the stream waits for its threads, and they may wait for this breaker.
    boolean ending = probes.isShutdown();
    if (!ending && CircuitBreaker.hangs(cause) && since.compareTo(longest(cause)) > 0) {
      consumption.stop(cause);
    }
  }

  private static Duration longest(RuntimeException cause) {
    return cause instanceof CallsExhaustedException ? LONGEST_EXHAUSTION : LONGEST_HANG;
  }

  private synchronized void closed(String route, Duration since) {
    open.remove(route);
    LOG.warn("Route {}: its model answers again after {} ms", route, since.toMillis());
    if (open.isEmpty()) {
      consumption.resume();
    }
  }

  /** Ends all probing. Open breakers remain open. */
  @Override
  public void close() {
    probes.shutdown();
  }

  private final class Watcher implements CircuitBreaker.Listener {
    private final String route;

    Watcher(String route) {
      this.route = route;
    }

    @Override
    public void opened(RuntimeException cause) {
      Breakers.this.opened(route, cause);
    }

    @Override
    public void stillOpen(RuntimeException cause, Duration since) {
      Breakers.this.stillOpen(route, cause, since);
    }

    @Override
    public void closed(Duration since) {
      Breakers.this.closed(route, since);
    }
  }

  private final class RealTime implements CircuitBreaker.Clockwork {
    @Override
    public boolean pause(Duration delay) {
      return pauses.pause(delay);
    }

    @Override
    public void after(Duration delay, Runnable task) {
      try {
        // What it throws is seen to by the task.
        Future<?> unused = probes.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException ending) {
        LOG.debug("no probe: the stream ends");
      }
    }

    /** An error of the JVM would vanish in the executor. */
    private void run(Runnable task) {
      try {
        task.run();
      } catch (RuntimeException | Error failure) {
        consumption.stop(failure);
        throw failure;
      }
    }
  }
}
