package io.sentimentstreams.bench;

import io.sentimentstreams.model.TrainingStep;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Measures how fast networks are trained: whole steps, on token ids in memory. */
public final class TrainingBenchmark {
  private final TrainingSettings settings;
  private final Consumer<String> progress;
  private final LongSupplier nanos;

  /**
   * @param progress told what happens, a line at a time
   * @param nanos the clock, as {@link System#nanoTime}
   */
  public TrainingBenchmark(
      TrainingSettings settings, Consumer<String> progress, LongSupplier nanos) {
    this.settings = settings;
    this.progress = progress;
    this.nanos = nanos;
  }

  /** Measures each network. */
  public TrainingReport run(List<Subject> subjects, Workload workload) {
    List<TrainingReport.Result> results =
        subjects.stream().map(subject -> measure(subject, workload)).toList();
    return new TrainingReport(
        results,
        workload.name(),
        settings.rounds(),
        settings.roundTime().toNanos() / 1e9,
        Machine.here());
  }

  private TrainingReport.Result measure(Subject subject, Workload workload) {
    progress.accept("Measuring %s ...".formatted(subject.network()));
    List<int[]> texts = workload.ids(subject.bundle());
    List<List<int[]>> batches =
        InferenceBenchmark.batches(texts, settings.batch()).stream().map(List::of).toList();
    int[] wanted = new Random(1).ints(settings.batch(), 0, subject.labels()).toArray();
    try (TrainingStep step =
        new TrainingStep(
            subject.spec(),
            subject.bundle().vocabulary().size(),
            subject.labels(),
            settings.threads(),
            1)) {
      millis(step, batches, wanted, settings.warmUp().toNanos());
      Spread spread =
          Spread.of(
              Stream.generate(() -> millis(step, batches, wanted, settings.roundTime().toNanos()))
                  .limit(settings.rounds())
                  .toList());
      return result(subject, texts, spread);
    }
  }

  /** The mean time of a step, of as many as begin within the time, at least one. */
  private double millis(
      TrainingStep step, List<List<int[]>> batches, int[] wanted, long roundNanos) {
    long began = nanos.getAsLong();
    int steps = 0;
    do {
      step.fit(batches.get(steps % batches.size()), wanted);
      steps++;
    } while (nanos.getAsLong() - began < roundNanos);
    return (nanos.getAsLong() - began) / 1e6 / steps;
  }

  private TrainingReport.Result result(Subject subject, List<int[]> texts, Spread millis) {
    double tokens = texts.stream().mapToInt(ids -> ids.length).average().orElseThrow();
    return new TrainingReport.Result(
        subject.network(),
        settings.batch(),
        settings.threads(),
        Spread.rounded(tokens, 2),
        Spread.rounded(millis.median(), 2),
        Spread.rounded(millis.low(), 2),
        Spread.rounded(millis.high(), 2),
        Spread.rounded(settings.batch() / (millis.median() / 1e3), 1));
  }
}
