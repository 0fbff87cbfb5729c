package io.sentimentstreams.chaos;

import io.sentimentstreams.audit.AuditRequest;
import io.sentimentstreams.audit.AuditResult;
import io.sentimentstreams.audit.PartitionReport;
import io.sentimentstreams.audit.TopicAudit;
import io.sentimentstreams.stream.SettingsLoader;
import io.sentimentstreams.stream.StreamSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run: brokers and instances of the stream as processes, events at a rate, faults by plan; then
 * the stream may work off what is left, and all of it is audited.
 */
public final class ChaosRun {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final Duration TELL = Duration.ofSeconds(10);

  /** How long events go on after the last fault, for the stream to get over it. */
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  /** How long what the last faults began may take to end, before it is given up. */
  private static final Duration ENDING = Duration.ofMinutes(5);

  /** How long the last events may take to be sent: longer than the producer tries. */
  private static final Duration SENDING = Duration.ofMinutes(6);

  /** How long the stream may take to work off what is left. */
  private static final Duration DRAIN = Duration.ofMinutes(10);

  /** How long the last outputs may take to be counted by model. */
  private static final Duration COUNTING = Duration.ofSeconds(30);

  private final ChaosSettings settings;
  private final Path home;
  private final Consumer<String> told;
  private final BooleanSupplier stop;
  private final InstantSource clock = InstantSource.system();
  private final Recovery recovery;

  /**
   * A run.
   *
   * @param home the project's folder
   * @param told gets lines on what happens
   * @param stop whether to give up
   */
  public ChaosRun(ChaosSettings settings, Path home, Consumer<String> told, BooleanSupplier stop) {
    this.settings = settings;
    this.home = home;
    this.told = told;
    this.stop = stop;
    this.recovery = new Recovery(settings.partitions());
  }

  /**
   * Runs it, and ends all processes.
   *
   * @return null where it was stopped
   */
  public @Nullable ChaosReport run() throws InterruptedException {
    ChildProcess.requireSignals();
    List<ChaosModel> models = ChaosModel.load(settings.models());
    try (Deployment deployment = new Deployment(settings, home)) {
      deployment.configure(models.get(0).folder());
      StreamSettings stream =
          SettingsLoader.load(deployment.config(), Map.of(), settings.fleet().settings());
      deployment.startBrokers();
      try (ChaosTopics topics = new ChaosTopics(deployment.bootstrapServers(), settings);
          Operator operator = new Operator(stream, clock)) {
        topics.create(START);
        deployment.startInstances();
        ModelExchange exchange = new ModelExchange(models, deployment, operator, recovery, clock);
        return new UnderFire(deployment, topics, exchange, stream, models).report();
      }
    }
  }

  /** Reads topics until it has read all, or is to end. */
  @FunctionalInterface
  private interface Audit<T> {
    T run(BooleanSupplier end) throws InterruptedException;
  }

  /** What follows once all processes have been started. */
  private final class UnderFire {
    private final Deployment deployment;
    private final ChaosTopics topics;
    private final ModelExchange exchange;
    private final StreamSettings stream;
    private final List<ChaosModel> models;

    UnderFire(
        Deployment deployment,
        ChaosTopics topics,
        ModelExchange exchange,
        StreamSettings stream,
        List<ChaosModel> models) {
      this.deployment = deployment;
      this.topics = topics;
      this.exchange = exchange;
      this.stream = stream;
      this.models = models;
    }

    @Nullable ChaosReport report() throws InterruptedException {
      String servers = deployment.bootstrapServers();
      long first = clock.millis();
      try (OutputWatch watch = new OutputWatch(servers, settings.partitions(), recovery, clock);
          Load load = new Load(servers, settings)) {
        requireOutput(watch);
        told.accept(
            "Brokers: %d, instances: %d, all at work; faults begin"
                .formatted(settings.fleet().brokers(), settings.fleet().instances()));
        long begun = System.nanoTime();
        FaultInjector faults = faults(begun);
        fire(begun, faults, load, watch);
        awaitUntil(recovery::isComplete, RECOVERY);
        if (stop.getAsBoolean()) {
          return null;
        }
        load.finish(SENDING);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        told.accept("%,d events sent; the stream works off what is left".formatted(load.sent()));
        long calm = System.nanoTime();
        AuditResult audit =
            supervised(
                end ->
                    new TopicAudit(stream, AuditRequest.ofAll(DRAIN, 10), records -> {}, end)
                        .run());
        Duration drained = Duration.ofNanos(System.nanoTime() - calm);
        TrendReport trends =
            settings.trends() ? supervised(end -> new TrendAudit(servers, first, end).run()) : null;
        if (stop.getAsBoolean()) {
          return null;
        }
        long labelled = audit.report().sum(PartitionReport::labelled);
        awaitUntil(() -> watch.outputs() >= labelled, COUNTING);
        return new ChaosReport(
            settings,
            audit,
            trends,
            faults.done(),
            deployment.instances().stream().mapToInt(Member::endedByThemselves).sum(),
            recovery.times(),
            recovery.missing(),
            outputsByModel(watch.byModel()),
            took,
            drained);
      }
    }

    private FaultInjector faults(long begun) {
      return new FaultInjector(
          settings.plan(),
          begun,
          begun + settings.length().toNanos(),
          deployment,
          exchange,
          recovery,
          topics::allInSync,
          settings.fleet().brokers() == 1,
          clock);
    }

    private void requireOutput(OutputWatch watch) throws InterruptedException {
      awaitUntil(() -> watch.outputs() > 0, START);
      if (watch.outputs() == 0 && !stop.getAsBoolean()) {
        throw new IllegalStateException(
            "the stream gave no output within %d s; see the logs in %s"
                .formatted(START.toSeconds(), settings.folder()));
      }
    }

    /** Until the time is over and every fault has ended, or is given up. */
    private void fire(long begun, FaultInjector faults, Load load, OutputWatch watch)
        throws InterruptedException {
      long end = begun + settings.length().toNanos();
      long tell = begun;
      long last = end + ENDING.toNanos();
      while (!stop.getAsBoolean() && (System.nanoTime() - end < 0 || faults.isBusy())) {
        if (System.nanoTime() - last > 0) {
          faults.giveUp();
          return;
        }
        long now = System.nanoTime();
        faults.lookAfter(now);
        deployment.lookAfter(now);
        if (now - tell >= TELL.toNanos()) {
          tell = now;
          told.accept(
              "%4d s: %,d events sent, %,d labelled, %s"
                  .formatted(
                      TimeUnit.NANOSECONDS.toSeconds(now - begun),
                      load.sent(),
                      watch.outputs(),
                      new TreeMap<>(faults.done())));
        }
        Thread.sleep(LOOK_AGAIN.toMillis());
      }
    }

    /** Looks after the processes until something holds, or the time is over. */
    private void awaitUntil(BooleanSupplier condition, Duration most) throws InterruptedException {
      long begun = System.nanoTime();
      while (!condition.getAsBoolean()
          && !stop.getAsBoolean()
          && System.nanoTime() - begun < most.toNanos()) {
        deployment.lookAfter(System.nanoTime());
        Thread.sleep(LOOK_AGAIN.toMillis());
      }
    }

    /** Waits for the stream, which may still start anew, and counts. */
    private <T> T supervised(Audit<T> audit) throws InterruptedException {
      ScheduledExecutorService supervisor = Executors.newSingleThreadScheduledExecutor();
      Future<?> supervision =
          supervisor.scheduleWithFixedDelay(
              () -> deployment.lookAfter(System.nanoTime()),
              0,
              LOOK_AGAIN.toMillis(),
              TimeUnit.MILLISECONDS);
      try {
        return audit.run(() -> stop.getAsBoolean() || supervision.isDone());
      } finally {
        supervisor.shutdown();
        supervisor.awaitTermination(START.toSeconds(), TimeUnit.SECONDS);
        requireNoFailure(supervision);
      }
    }

    private void requireNoFailure(Future<?> supervision) throws InterruptedException {
      try {
        supervision.get();
      } catch (CancellationException ended) {
        // as it is to be
      } catch (ExecutionException failed) {
        throw new IllegalStateException("the processes cannot be looked after", failed.getCause());
      }
    }

    /** By name; models that were never used count 0. */
    private Map<String, Long> outputsByModel(Map<String, Long> byVersion) {
      Map<String, Long> byName = new TreeMap<>();
      byVersion.forEach((version, outputs) -> byName.merge(name(version), outputs, Long::sum));
      models.forEach(model -> byName.putIfAbsent(model.name(), 0L));
      return byName;
    }

    private String name(String version) {
      return models.stream()
          .filter(model -> model.version().equals(version))
          .map(ChaosModel::name)
          .findFirst()
          .orElse(version);
    }
  }
}
