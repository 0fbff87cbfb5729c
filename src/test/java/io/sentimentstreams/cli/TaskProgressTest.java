package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.train.TrainingListener.BatchReport;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

final class TaskProgressTest {
  private final AtomicLong clock = new AtomicLong();
  private final TestShell shell = new TestShell();

  @Test
  void task_onNoTerminal_writesALineEveryTenSeconds() {
    try (TaskProgress progress = new TaskProgress(shell.shell(), clock::get)) {
      IntConsumer task = progress.of("labelling", "texts", 4000);
      after(9, () -> task.accept(1000));
      after(2, () -> task.accept(2000));
      after(3, () -> task.accept(3000));
      after(20, () -> task.accept(4000));
    }

    assertThat(shell.err()).isEqualTo("labelling: 2,000 of 4,000 texts\n");
  }

  @Test
  void task_ofUnknownSize_countsOnly() {
    try (TaskProgress progress = new TaskProgress(shell.shell(), clock::get)) {
      LongConsumer task = progress.of("labelling", "texts");
      after(11, () -> task.accept(12_345));
    }

    assertThat(shell.err()).isEqualTo("labelling: 12,345 texts\n");
  }

  @Test
  void task_doneAtOnce_leavesNothing() {
    try (TaskProgress progress = new TaskProgress(shell.shell(), clock::get)) {
      progress.now("Reading the data ...");
      progress.of("labelling", "texts", 10).accept(10);
    }

    assertThat(shell.err()).isEmpty();
  }

  @Test
  void task_onATerminal_isShownBelowAndTakenAway() {
    shell.withTerminal();
    try (TaskProgress progress = new TaskProgress(shell.shell(), clock::get)) {
      progress.now("Reading the data ...");
      progress.of("labelling", "texts", 10).accept(5);
      progress.say("a line");
    }

    assertThat(shell.err())
        .contains("Reading the data ...", "labelling", "a line\n")
        .endsWith("\r\033[2K");
  }

  @Test
  void training_onNoTerminal_tellsOfLongEpochs() {
    try (TrainingProgress progress = new TrainingProgress(shell.shell(), clock::get)) {
      after(4, () -> progress.batchDone(new BatchReport(1, 15, 10, 782, 0.7, 0.5)));
      after(8, () -> progress.batchDone(new BatchReport(1, 15, 20, 782, 0.65, 0.61)));
      after(1, () -> progress.batchDone(new BatchReport(1, 15, 21, 782, 0.64, 0.62)));
    }

    assertThat(shell.err())
        .isEqualTo("epoch 1 of 15, step 20 of 782: loss 0.650, accuracy 0.610\n");
  }

  private void after(int seconds, Runnable what) {
    clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    what.run();
  }
}
