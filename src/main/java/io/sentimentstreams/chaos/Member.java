package io.sentimentstreams.chaos;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A place in the run, a broker's or an instance's: a process, and the one after it. Whoever owns it
 * looks after it again and again, as a supervisor does: a process that has ended is started anew
 * once its pause is over. Times are nanoseconds of {@link System#nanoTime}.
 */
final class Member implements AutoCloseable {
  private static final long PAUSE_NANOS = 500_000_000L;

  private final Supplier<ChildProcess> starter;
  private @Nullable ChildProcess process;
  private boolean wantedDead;
  private long notBefore;
  private int endedByThemselves;
  private int starts;
  private boolean gone;

  Member(Supplier<ChildProcess> starter) {
    this.starter = starter;
  }

  /** Starts a process where there is none. */
  void lookAfter(long now) {
    ChildProcess current = process;
    if (current != null && !current.isAlive()) {
      endedByThemselves += wantedDead ? 0 : 1;
      notBefore = wantedDead ? notBefore : now + PAUSE_NANOS;
      wantedDead = false;
      process = null;
    }
    if (process == null && !gone && now - notBefore >= 0) {
      process = starter.get();
      starts++;
    }
  }

  /** Processes that ended unasked. */
  int endedByThemselves() {
    return endedByThemselves;
  }

  boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** Whether the process that runs has written these words to its log. */
  boolean hasSaid(String words) {
    return process != null && process.hasSaid(words);
  }

  /** Processes that were started. */
  int starts() {
    return starts;
  }

  /** Whether no process will come any more. */
  boolean isGone() {
    return gone;
  }

  /** From now on, a process that ends is not started anew. */
  void leave() {
    gone = true;
  }

  /** SIGKILL; a new process comes at the given time. */
  void kill(long again) throws InterruptedException {
    if (process != null) {
      willEnd(again);
      process.kill();
    }
  }

  /** SIGTERM; a new process comes when this one has ended, but not before the given time. */
  void stop(long again) {
    if (process != null) {
      willEnd(again);
      process.terminate();
    }
  }

  private void willEnd(long again) {
    wantedDead = true;
    notBefore = again;
  }

  /** SIGSTOP. */
  void pause() throws InterruptedException {
    if (process != null) {
      process.pause();
    }
  }

  /** SIGCONT. */
  void goOn() throws InterruptedException {
    if (process != null) {
      process.goOn();
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
