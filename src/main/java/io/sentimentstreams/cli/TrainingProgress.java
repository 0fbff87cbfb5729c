package io.sentimentstreams.cli;

import io.sentimentstreams.model.EpochReport;
import io.sentimentstreams.train.TrainingListener;
import io.sentimentstreams.train.VectorCoverage;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a training goes: on a terminal a bar with loss, accuracy and the time left if all
 * epochs run; a line at the end of each epoch anywhere.
 */
final class TrainingProgress implements TrainingListener, AutoCloseable {
  private final Shell shell;
  private final StatusLine screen;
  private @Nullable ProgressBar bar;

  TrainingProgress(Shell shell) {
    this.shell = shell;
    this.screen = new StatusLine(shell.err(), shell.errIsTerminal());
  }

  /** Shows a line that stays. */
  void say(String line) {
    screen.line(line);
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
  public void batchDone(BatchReport report) {
    if (!shell.errIsTerminal()) {
      return;
    }
    ProgressBar current = bar;
    if (current == null) {
      current = newBar((long) report.epochs() * report.batches());
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

  private ProgressBar newBar(long batches) {
    return TaskProgress.bar(screen, shell, "training", batches).build();
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
}
