package io.sentimentstreams.cli;

import io.sentimentstreams.model.EpochReport;
import io.sentimentstreams.train.TrainingListener;
import io.sentimentstreams.train.VectorCoverage;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a training goes: on a terminal a bar with loss, accuracy and the time left if all
 * epochs run; a line at the end of each epoch anywhere, and within it now and then on something
 * else than a terminal.
 */
final class TrainingProgress implements TrainingListener, AutoCloseable {
  private final Shell shell;
  private final TaskProgress tasks;
  private @Nullable ProgressBar bar;

  /**
   * @param nanoTime a clock in nanoseconds
   */
  TrainingProgress(Shell shell, LongSupplier nanoTime) {
    this.shell = shell;
    tasks = new TaskProgress(shell, nanoTime);
  }

  /** Shows a line that stays. */
  void say(String line) {
    tasks.say(line);
  }

  /** For what is done before and after the training itself. */
  TaskProgress tasks() {
    bar = null;
    return tasks;
  }

  @Override
  public void vectorsRead(VectorCoverage coverage) {
    say(coverage.toString());
  }

  @Override
  public void resumed(int epoch, int batch) {
    say("Going on from the checkpoint: epoch %d, after step %,d.".formatted(epoch, batch));
  }

  @Override
  public void ngramsBegun() {
    say("Training the n-grams' part of the model ...");
  }

  @Override
  public void batchDone(BatchReport report) {
    if (shell.errIsTerminal()) {
      draw(report);
    } else if (tasks.isLineDue()) {
      say(
          String.format(
              Locale.ROOT,
              "epoch %d of %d, step %,d of %,d: loss %.3f, accuracy %.3f",
              report.epoch(),
              report.epochs(),
              report.batch(),
              report.batches(),
              report.loss(),
              report.accuracy()));
    }
  }

  private void draw(BatchReport report) {
    ProgressBar current = bar;
    if (current == null) {
      current = tasks.bar("training", (long) report.epochs() * report.batches());
      bar = current;
    }
    current.setExtraMessage(
        String.format(
            Locale.ROOT,
            " epoch %d of %d, loss %.3f, accuracy %.3f",
            report.epoch(),
            report.epochs(),
            report.loss(),
            report.accuracy()));
    current.stepTo((report.epoch() - 1L) * report.batches() + report.batch());
  }

  @Override
  public void epochDone(EpochReport report) {
    say(
        String.format(
            Locale.ROOT,
            "epoch %d: training loss %.4f, accuracy %.4f; validation loss %.4f, accuracy %.4f,"
                + " macro recall %.4f, macro F1 %.4f; %.0f s%s",
            report.epoch(),
            report.trainingLoss(),
            report.trainingAccuracy(),
            report.validationLoss(),
            report.validationAccuracy(),
            report.validationMacroRecall(),
            report.validationMacroF1(),
            report.seconds(),
            report.best() ? "; the best so far" : ""));
  }

  /** Takes the bar away; the lines stay. */
  @Override
  public void close() {
    bar = null;
    tasks.close();
  }
}
