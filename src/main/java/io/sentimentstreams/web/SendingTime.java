package io.sentimentstreams.web;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A limit on how long a client may take to take an answer: longer would hold a thread of the server
 * for ever. (The JDK's own, {@code sun.net.httpserver.maxRspTime}, ends every answer that takes so
 * long, those to browsers that are told of events included.)
 *
 * <p>Safe for use by several threads at once.
 */
final class SendingTime implements AutoCloseable {
  private final Duration limit;
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "http-slow");
            thread.setDaemon(true);
            return thread;
          });

  SendingTime(Duration limit) {
    this.limit = limit;
    clock.setRemoveOnCancelPolicy(true);
  }

  /** Sends an answer. */
  @FunctionalInterface
  interface Sending {
    void send() throws IOException;
  }

  /**
   * Sends, in the thread that asks. Where that takes too long, the connection is closed.
   *
   * @throws IOException where it was, or the client has gone
   */
  void limit(Sending sending) throws IOException {
    // A channel that is being written to is closed when its thread is interrupted.
    Interruption interruption = new Interruption(Thread.currentThread());
    Future<?> late =
        clock.schedule(interruption::interrupt, limit.toMillis(), TimeUnit.MILLISECONDS);
    try {
      sending.send();
    } finally {
      late.cancel(false);
      interruption.end();
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  /** Of one sending: none comes after its end. */
  private static final class Interruption {
    private final Thread thread;
    private boolean over;
    private boolean done;

    Interruption(Thread thread) {
      this.thread = thread;
    }

    synchronized void interrupt() {
      if (!over) {
        done = true;
        thread.interrupt();
      }
    }

    /** By the thread itself, which has work before it that is not to be interrupted. */
    synchronized void end() {
      over = true;
      if (done) {
        boolean unused = Thread.interrupted();
      }
    }
  }
}
