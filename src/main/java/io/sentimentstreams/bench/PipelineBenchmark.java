package io.sentimentstreams.bench;

import static io.sentimentstreams.bench.PipelineReport.MODEL;
import static io.sentimentstreams.bench.PipelineReport.PASS_THROUGH;
import static io.sentimentstreams.bench.PipelineReport.RECORD_AT_A_TIME;
import static io.sentimentstreams.bench.PipelineReport.ZERO_COST_MODEL;

import io.sentimentstreams.broker.EmbeddedBroker;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.text.TextEncoder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures the whole stream on a broker in this process, exactly once: how fast it works off a
 * backlog with a model, beside the same stream with a model that costs nothing, and beside a plain
 * topology that takes a record at a time. The ways take turns within each round; each run has
 * topics and a consumer group of its own. Latency is measured at a fixed rate.
 */
public final class PipelineBenchmark {
  /** Beyond this share of what a way can do, latency is the length of a queue. */
  private static final double MOST_LOAD = 0.7;

  private final PipelineSettings settings;
  private final LongFunction<String> texts;
  private final Consumer<String> progress;
  private final BooleanSupplier stop;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Machine machine = Machine.here();
  private int runs;

  /**
   * @param texts of the events by their numbers, from 0
   * @param progress told what happens, a line at a time
   * @param stop whether the user asked to stop
   * @param nanos for measuring, as {@link System#nanoTime}
   */
  public PipelineBenchmark(
      PipelineSettings settings,
      LongFunction<String> texts,
      Consumer<String> progress,
      BooleanSupplier stop,
      InstantSource clock,
      LongSupplier nanos) {
    this.settings = settings;
    this.texts = texts;
    this.progress = progress;
    this.stop = stop;
    this.clock = clock;
    this.nanos = nanos;
  }

  /**
   * Measures each model. The broker's data lie in a folder of their own, which is deleted at the
   * end.
   *
   * @param models folders of bundles
   * @param textsName the texts in words
   * @param dataFolder where that folder is made
   * @throws io.sentimentstreams.InvalidInputException for a model or setting that cannot be used
   * @throws CancellationException where the user asked to stop
   */
  public PipelineReport run(List<Path> models, String textsName, Path dataFolder)
      throws InterruptedException {
    List<Candidate> candidates =
        models.stream().map(folder -> new Candidate(folder, ModelBundle.load(folder))).toList();
    String warning = machine.warning();
    if (warning != null) {
      progress.accept(warning);
    }
    progress.accept("Starting a Kafka broker in this process ...");
    try (TemporaryFolder folder = TemporaryFolder.createIn(dataFolder);
        EmbeddedBroker broker = EmbeddedBroker.start(folder.folder("broker"), 0);
        BenchTopics topics = new BenchTopics(broker.bootstrapServers())) {
      return new Run(folder, topics).report(candidates, textsName);
    }
  }

  /** A model to measure. */
  private record Candidate(Path folder, ModelBundle bundle) {

    String name() {
      return bundle.name();
    }

    /** All ways to label with it. */
    List<Way> ways(PipelineSettings settings) {
      Labels labels = bundle.manifest().model().labels();
      TextEncoder encoder = new TextEncoder(bundle.manifest().model().text(), bundle.vocabulary());
      return List.of(
          new StreamWay(PASS_THROUGH, folder, settings, () -> ZeroCostLabeller.blind(labels)),
          new StreamWay(
              ZERO_COST_MODEL,
              folder,
              settings,
              () -> new ZeroCostLabeller(labels, encoder::encode)),
          new StreamWay(MODEL, folder, settings, null),
          new RecordAtATimeWay(bundle, settings.threads()));
    }
  }

  /** The benchmark on its broker. */
  private final class Run {
    private final TemporaryFolder folder;
    private final BenchTopics topics;
    private final Throughput throughput;

    Run(TemporaryFolder folder, BenchTopics topics) {
      this.folder = folder;
      this.topics = topics;
      this.throughput = new Throughput(topics, stop, nanos);
    }

    PipelineReport report(List<Candidate> candidates, String textsName)
        throws InterruptedException {
      List<PipelineReport.Result> results = new ArrayList<>();
      List<PipelineReport.Ratios> ratios = new ArrayList<>();
      for (Candidate candidate : candidates) {
        Map<Way, List<Throughput.Timing>> timings = timings(candidate);
        for (Map.Entry<Way, List<Throughput.Timing>> entry : timings.entrySet()) {
          results.add(result(candidate, entry.getKey(), entry.getValue()));
        }
        ratios.add(ratios(candidate, timings));
      }
      return new PipelineReport(
          results,
          ratios,
          textsName,
          settings.partitions(),
          settings.threads(),
          settings.rounds(),
          machine);
    }

    /** The first rounds count for nothing: the JVM compiles in them. */
    private Map<Way, List<Throughput.Timing>> timings(Candidate candidate)
        throws InterruptedException {
      Map<Way, List<Throughput.Timing>> timings = new LinkedHashMap<>();
      for (int round = 1 - settings.warmUpRounds(); round <= settings.rounds(); round++) {
        for (Way way :
            timings.isEmpty() ? candidate.ways(settings) : List.copyOf(timings.keySet())) {
          Throughput.Timing timing = timing(candidate, way, round);
          List<Throughput.Timing> own = timings.computeIfAbsent(way, w -> new ArrayList<>());
          if (round > 0) {
            own.add(timing);
          }
        }
      }
      return timings;
    }

    private Throughput.Timing timing(Candidate candidate, Way way, int round)
        throws InterruptedException {
      Job job = job();
      int records = records(way);
      Throughput.Timing timing;
      try (EventProducer backlog =
          EventProducer.withholding(
              topics.bootstrapServers(), job.input(), settings.partitions(), texts)) {
        for (int i = 0; i < records; i++) {
          if (stop.getAsBoolean()) {
            throw new CancellationException("stopped");
          }
          backlog.send(clock.millis());
        }
        backlog.flush();
        timing = throughput.measure(way, job, backlog, settings.partitions(), records);
      }
      delete(job);
      progress.accept(
          "%s, %s, %s: %,.0f records/s"
              .formatted(
                  candidate.name(),
                  round < 1 ? "warm-up" : "round " + round,
                  way.name(),
                  timing.recordsPerSecond()));
      return timing;
    }

    private int records(Way way) {
      return way.name().equals(RECORD_AT_A_TIME) ? settings.slowRecords() : settings.records();
    }

    /** A job with fresh topics. */
    private Job job() throws InterruptedException {
      String name = "bench-" + ++runs;
      Job job =
          new Job(
              topics.bootstrapServers(),
              name,
              name + ".events",
              name + ".labelled",
              name + ".dead-letters",
              folder.folder(name));
      topics.create(settings.partitions(), job.input(), job.output(), job.deadLetters());
      return job;
    }

    /** So that a long benchmark does not fill the disk. */
    private void delete(Job job) throws InterruptedException {
      topics.delete(job.input(), job.output(), job.deadLetters());
    }

    private PipelineReport.Result result(
        Candidate candidate, Way way, List<Throughput.Timing> timings) throws InterruptedException {
      Spread rate = Spread.of(timings.stream().map(Throughput.Timing::recordsPerSecond).toList());
      return new PipelineReport.Result(
          candidate.name(),
          way.name(),
          timings.get(0).backend(),
          records(way),
          Spread.rounded(rate.median(), 1),
          Spread.rounded(rate.low(), 1),
          Spread.rounded(rate.high(), 1),
          latency(candidate, way, rate.median()));
    }

    private PipelineReport.@Nullable Latency latency(
        Candidate candidate, Way way, double recordsPerSecond) throws InterruptedException {
      if (settings.rate() == 0 || settings.rate() > MOST_LOAD * recordsPerSecond) {
        return null;
      }
      Job job = job();
      PipelineReport.Latency latency;
      try (Way.Running running = way.start(job)) {
        throughput.awaitReady(running, way);
        latency = new LatencyProbe(topics, settings, texts, stop, clock).measure(job, running);
      }
      delete(job);
      progress.accept(
          "%s, %s: p50 %.0f ms, p99 %.0f ms at %,d events/s"
              .formatted(
                  candidate.name(),
                  way.name(),
                  latency.p50Millis(),
                  latency.p99Millis(),
                  settings.rate()));
      return latency;
    }
  }

  private static PipelineReport.Ratios ratios(
      Candidate candidate, Map<Way, List<Throughput.Timing>> timings) {
    Map<String, List<Double>> rates = new LinkedHashMap<>();
    timings.forEach(
        (way, rounds) ->
            rates.put(
                way.name(), rounds.stream().map(Throughput.Timing::recordsPerSecond).toList()));
    return new PipelineReport.Ratios(
        candidate.name(),
        ratio(rates, PASS_THROUGH),
        ratio(rates, ZERO_COST_MODEL),
        ratio(rates, RECORD_AT_A_TIME));
  }

  private static double ratio(Map<String, List<Double>> rates, String to) {
    return Spread.medianRatio(
        rates.getOrDefault(MODEL, List.of()), rates.getOrDefault(to, List.of()));
  }
}
