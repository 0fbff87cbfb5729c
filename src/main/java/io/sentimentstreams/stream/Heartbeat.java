package io.sentimentstreams.stream;

import io.sentimentstreams.control.InstanceReport;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats a sign of life on a thread of its own, as often as instances report, until closed. */
final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final Runnable sign;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, Heartbeat::daemon);
  private boolean ended;

  Heartbeat(Runnable sign) {
    this.sign = sign;
    long nanos = InstanceReport.EVERY.toNanos();
    // What it throws is seen to by the task.
    Future<?> unused = thread.scheduleAtFixedRate(this::beat, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "models-heartbeat");
    thread.setDaemon(true);
    return thread;
  }

  /** Never after {@link #close}: what comes then is newer. */
  private synchronized void beat() {
    if (!ended) {
      try {
        sign.run();
      } catch (RuntimeException failure) {
        LOG.debug("No sign of life", failure);
      }
    }
  }

  @Override
  public synchronized void close() {
    ended = true;
    thread.shutdownNow();
  }
}
