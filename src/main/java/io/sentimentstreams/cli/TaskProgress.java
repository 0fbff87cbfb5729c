package io.sentimentstreams.cli;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a task goes: on a terminal a bar, elsewhere a line every {@value #SECONDS_BETWEEN}
 * seconds. A task that is done sooner leaves nothing.
 */
final class TaskProgress implements AutoCloseable {
  private static final long SECONDS_BETWEEN = 10;

  private final Shell shell;
  private final StatusLine screen;
  private final Pause pause;
  private @Nullable ProgressBar bar;

  /**
   * @param nanoTime a clock in nanoseconds
   */
  TaskProgress(Shell shell, LongSupplier nanoTime) {
    this.shell = shell;
    pause = new Pause(nanoTime);
    screen = new StatusLine(shell.err(), shell.errIsTerminal());
  }

  /** Shows a line that stays. */
  void say(String line) {
    screen.line(line);
  }

  /** Shows on a terminal what is being done, until something else is shown. */
  void now(String line) {
    close();
    screen.status(line);
  }

  /** Whether lines are due on something else than a terminal: {@value #SECONDS_BETWEEN} s apart. */
  boolean isLineDue() {
    return !shell.errIsTerminal() && pause.isOver();
  }

  /**
   * Begins a task of a known size, after the one before.
   *
   * @param task in a word or two
   * @param unit what is counted, in the plural
   * @param total of them
   * @return to be told how many are done
   */
  IntConsumer of(String task, String unit, int total) {
    LongConsumer shown = begin(task, unit, total);
    return shown::accept;
  }

  /**
   * Begins a task whose size is not known.
   *
   * @param task in a word or two
   * @param unit what is counted, in the plural
   * @return to be told how many are done
   */
  LongConsumer of(String task, String unit) {
    return begin(task, unit, -1);
  }

  private LongConsumer begin(String task, String unit, long total) {
    if (shell.errIsTerminal()) {
      return bar(task, total)::stepTo;
    }
    pause.begin();
    return done -> showLine(task, unit, done, total);
  }

  /** Begins a task that a terminal shows as a bar. */
  ProgressBar bar(String task, long total) {
    close();
    ProgressBar fresh =
        ProgressBar.builder()
            .setTaskName(task)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(500)
            .setConsumer(new DelegatingProgressBarConsumer(screen::status, shell.columns() - 1))
            .build();
    bar = fresh;
    return fresh;
  }

  private void showLine(String task, String unit, long done, long total) {
    if (done == total || !isLineDue()) {
      return;
    }
    say(
        total < 0
            ? String.format(Locale.ROOT, "%s: %,d %s", task, done, unit)
            : String.format(Locale.ROOT, "%s: %,d of %,d %s", task, done, total, unit));
  }

  /** Takes the bar away; the lines stay. */
  @Override
  public void close() {
    ProgressBar current = bar;
    if (current != null) {
      current.close();
      bar = null;
    }
    screen.clear();
  }

  /** The time between two lines. */
  private static final class Pause {
    private final LongSupplier nanoTime;
    private long sinceNanos;

    Pause(LongSupplier nanoTime) {
      this.nanoTime = nanoTime;
      begin();
    }

    void begin() {
      sinceNanos = nanoTime.getAsLong();
    }

    /** Whether it is; then the next one begins. */
    boolean isOver() {
      long now = nanoTime.getAsLong();
      boolean over = now - sinceNanos >= TimeUnit.SECONDS.toNanos(SECONDS_BETWEEN);
      sinceNanos = over ? now : sinceNanos;
      return over;
    }
  }
}
