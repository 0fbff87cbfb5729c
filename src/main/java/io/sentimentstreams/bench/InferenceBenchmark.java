package io.sentimentstreams.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures how fast backends label texts: calls alone, on token ids in memory. The backends take
 * turns within each round, so that what else the machine does meets all alike.
 */
public final class InferenceBenchmark {
  private final InferenceSettings settings;
  private final Consumer<String> progress;
  private final LongSupplier nanos;
  private final Machine idle = Machine.here();
  private @Nullable Machine machine;

  /**
   * @param progress told what happens, a line at a time
   * @param nanos the clock, as {@link System#nanoTime}
   */
  public InferenceBenchmark(
      InferenceSettings settings, Consumer<String> progress, LongSupplier nanos) {
    this.settings = settings;
    this.progress = progress;
    this.nanos = nanos;
  }

  /**
   * Measures all of the settings for each model.
   *
   * @throws io.sentimentstreams.InvalidInputException where no backend can compute a model
   */
  public InferenceReport run(List<Subject> subjects, Workload workload)
      throws InterruptedException {
    String warning = idle.warning();
    if (warning != null) {
      progress.accept(warning);
    }
    List<InferenceResult> results = new ArrayList<>();
    List<InferenceReport.Skipped> skipped = new ArrayList<>();
    List<InferenceReport.Model> models = new ArrayList<>();
    for (Subject subject : subjects) {
      List<int[]> texts = workload.ids(subject.bundle());
      models.add(model(subject, texts));
      measure(subject, texts, results, skipped);
    }
    return new InferenceReport(
        results,
        skipped,
        models,
        workload.name(),
        settings.rounds(),
        settings.roundTime().toNanos() / 1e9,
        machine());
  }

  /** Measured once, and not before a backend is loaded: it would load a library for it. */
  private Machine machine() {
    if (machine == null) {
      progress.accept("Measuring the machine ...");
      machine = idle.measured();
    }
    return machine;
  }

  private static InferenceReport.Model model(Subject subject, List<int[]> texts) {
    double tokens = texts.stream().mapToInt(ids -> ids.length).average().orElseThrow();
    return new InferenceReport.Model(
        subject.bundle().name(),
        subject.network(),
        texts.size(),
        Spread.rounded(tokens, 2),
        Spread.rounded(subject.multiplyAdds(texts), 0),
        subject.readMillis());
  }

  private void measure(
      Subject subject,
      List<int[]> texts,
      List<InferenceResult> results,
      List<InferenceReport.Skipped> skipped)
      throws InterruptedException {
    progress.accept("Loading %s ...".formatted(subject.bundle().name()));
    int[][] first = batches(texts, settings.batches().get(0)).get(0);
    try (Sessions sessions = Sessions.open(subject.bundle(), settings, first, nanos);
        Callers callers = new Callers(nanos)) {
      skipped.addAll(sessions.skipped());
      for (int rows : settings.batches()) {
        for (int threads : settings.threads()) {
          progress.accept(
              "Measuring %s, batches of %d, threads %d ..."
                  .formatted(subject.bundle().name(), rows, threads));
          InferenceCell cell =
              new InferenceCell(subject, batches(texts, rows), threads, settings, callers);
          results.addAll(cell.measure(sessions.open(), machine()));
        }
      }
    }
  }

  /**
   * Consecutive texts as calls, [batch][time] each. What does not fill the last call is left out;
   * where there are fewer texts than a call needs, they repeat.
   */
  static List<int[][]> batches(List<int[]> texts, int rows) {
    int count = Math.max(1, texts.size() / rows);
    List<int[][]> batches = new ArrayList<>(count);
    for (int batch = 0; batch < count; batch++) {
      int[][] ids = new int[rows][];
      for (int row = 0; row < rows; row++) {
        ids[row] = texts.get((batch * rows + row) % texts.size());
      }
      batches.add(ids);
    }
    return batches;
  }
}
