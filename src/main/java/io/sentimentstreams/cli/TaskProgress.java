package io.sentimentstreams.cli;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
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
  private final LongSupplier nanoTime;
  private @Nullable ProgressBar bar;

  /**
   * @param nanoTime a clock in nanoseconds
   */
  TaskProgress(Shell shell, LongSupplier nanoTime) {
    this.shell = shell;
    this.nanoTime = nanoTime;
    screen = new StatusLine(shell.err(), shell.errIsTerminal());
  }

  /** Shows a line that stays. */
  void say(String line) {
    screen.line(line);
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
    close();
    if (!shell.errIsTerminal()) {
      return new Lines(task, unit, total);
    }
    ProgressBar fresh = bar(screen, shell, task, total).build();
    bar = fresh;
    return fresh::stepTo;
  }

  /** A bar on a status line. */
  static ProgressBarBuilder bar(StatusLine screen, Shell shell, String task, long total) {
    return ProgressBar.builder()
        .setTaskName(task)
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(500)
        .setConsumer(new DelegatingProgressBarConsumer(screen::status, shell.columns() - 1));
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

  /** A line now and then. */
  private final class Lines implements LongConsumer {
    private final String task;
    private final String unit;
    private final long total;
    private long shownNanos = nanoTime.getAsLong();

    Lines(String task, String unit, long total) {
      this.task = task;
      this.unit = unit;
      this.total = total;
    }

    @Override
    public void accept(long done) {
      long now = nanoTime.getAsLong();
      if (done == total || now - shownNanos < TimeUnit.SECONDS.toNanos(SECONDS_BETWEEN)) {
        return;
      }
      shownNanos = now;
      screen.line(
          total < 0
              ? String.format(Locale.ROOT, "%s: %,d %s", task, done, unit)
              : String.format(Locale.ROOT, "%s: %,d of %,d %s", task, done, total, unit));
    }
  }
}
