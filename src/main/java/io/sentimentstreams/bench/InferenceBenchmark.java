package io.sentimentstreams.bench;

import io.sentimentstreams.model.NetworkSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Measures how fast backends label texts: calls alone, on token ids in memory. The backends take
 * turns within each round, so that what else the machine does meets all alike.
 */
public final class InferenceBenchmark {
  private final InferenceSettings settings;
  private final Consumer<String> progress;
  private final LongSupplier nanos;
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
      machine = Machine.measured();
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
        Spread.rounded(multiplyAdds(subject, texts), 0),
        subject.readMillis());
  }

  private static double multiplyAdds(Subject subject, List<int[]> texts) {
    NetworkSpec network = subject.spec();
    return texts.stream()
        .mapToLong(ids -> MultiplyAdds.of(network, subject.labels(), ids.length))
        .average()
        .orElseThrow();
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
          Cell cell = new Cell(subject, batches(texts, rows), threads, machine());
          results.addAll(measure(cell, sessions.open(), callers));
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

  /** One batch size and number of threads of one model. */
  private record Cell(Subject subject, List<int[][]> batches, int threads, Machine machine) {

    /** Multiply-adds of a text, the mean of all. */
    double multiplyAdds() {
      return batches.stream()
          .mapToDouble(batch -> InferenceBenchmark.multiplyAdds(subject, List.of(batch)))
          .average()
          .orElseThrow();
    }
  }

  private List<InferenceResult> measure(Cell cell, List<Session> sessions, Callers callers)
      throws InterruptedException {
    for (Session session : sessions) {
      call(cell, session, callers, settings.warmUp());
    }
    Map<Session, List<Callers.Timing>> timings = new LinkedHashMap<>();
    sessions.forEach(session -> timings.put(session, new ArrayList<>()));
    for (int round = 0; round < settings.rounds(); round++) {
      for (Map.Entry<Session, List<Callers.Timing>> entry : timings.entrySet()) {
        entry.getValue().add(call(cell, entry.getKey(), callers, settings.roundTime()));
      }
    }
    return sessions.stream().map(session -> result(cell, session, timings)).toList();
  }

  private static Callers.Timing call(Cell cell, Session session, Callers callers, Duration time)
      throws InterruptedException {
    return callers.run(session.backend()::probabilities, cell.batches(), cell.threads(), time);
  }

  private static InferenceResult result(
      Cell cell, Session session, Map<Session, List<Callers.Timing>> timings) {
    List<Callers.Timing> own = timings.getOrDefault(session, List.of());
    Spread rate = Spread.of(own.stream().map(Callers.Timing::rowsPerSecond).toList());
    Histogram nanosARow = own.get(0).nanosARow().copy();
    own.stream().skip(1).forEach(timing -> nanosARow.add(timing.nanosARow()));
    Double share =
        session.backend().onGpu()
            ? null
            : cell.machine().peakShare(rate.median() * cell.multiplyAdds(), cell.threads());
    return new InferenceResult(
        cell.subject().network(),
        cell.subject().bundle().name(),
        session.kind().code(),
        session.backend().device(),
        cell.batches().get(0).length,
        cell.threads(),
        Spread.rounded(rate.median(), 1),
        Spread.rounded(rate.low(), 1),
        Spread.rounded(rate.high(), 1),
        micros(nanosARow, 50),
        micros(nanosARow, 99),
        share == null ? null : Spread.rounded(share, 4),
        Spread.rounded(session.paddingShare(cell.batches()), 4),
        session.loadMillis(),
        session.backend().memoryBytes(),
        ratios(session, timings));
  }

  private static double micros(Histogram nanos, double percentile) {
    return Spread.rounded(nanos.getValueAtPercentile(percentile) / 1e3, 3);
  }

  private static Map<String, Double> ratios(
      Session session, Map<Session, List<Callers.Timing>> timings) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    List<Callers.Timing> own = timings.getOrDefault(session, List.of());
    timings.forEach(
        (other, theirs) -> {
          if (other.kind() != session.kind()) {
            ratios.put(other.kind().code(), ratio(own, theirs));
          }
        });
    return ratios;
  }

  private static double ratio(List<Callers.Timing> own, List<Callers.Timing> theirs) {
    List<Double> rounds = new ArrayList<>();
    for (int round = 0; round < own.size(); round++) {
      rounds.add(own.get(round).rowsPerSecond() / theirs.get(round).rowsPerSecond());
    }
    return Spread.rounded(Spread.of(rounds).median(), 3);
  }
}
