package io.sentimentstreams.chaos;

import static java.util.Comparator.comparing;

import io.sentimentstreams.audit.AuditRequest;
import io.sentimentstreams.audit.AuditResult;
import io.sentimentstreams.audit.TopicAudit;
import io.sentimentstreams.broker.BrokerTopics;
import io.sentimentstreams.event.TopicCatalog;
import io.sentimentstreams.event.TopicSchemas;
import io.sentimentstreams.event.TopicSpec;
import io.sentimentstreams.stream.SettingsLoader;
import io.sentimentstreams.stream.StreamSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run: a broker and instances of the stream as processes, events at a rate, faults by plan;
 * then the stream may work off what is left, and all of it is audited.
 */
public final class ChaosRun {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  /** After what a fault is tried again whose process is not there. */
  private static final Duration LATER = Duration.ofMillis(200);

  private static final Duration TELL = Duration.ofSeconds(10);

  /** How long the last events may take to be sent: longer than the producer tries. */
  private static final Duration SENDING = Duration.ofMinutes(6);

  /** How long the stream may take to work off what is left. */
  private static final Duration DRAIN = Duration.ofMinutes(10);

  private final ChaosSettings settings;
  private final Path home;
  private final Consumer<String> told;
  private final BooleanSupplier stop;
  private final Map<FaultKind, Integer> faults = new EnumMap<>(FaultKind.class);
  private final PriorityQueue<Step> steps = new PriorityQueue<>(comparing(Step::nanos));
  private final List<Member> instances = new ArrayList<>();
  private final Recovery recovery;
  private @Nullable Member broker;

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
    int port = freePort();
    String servers = "127.0.0.1:" + port;
    Path config = prepare(servers);
    try {
      Member started = broker(port);
      broker = started;
      started.lookAfter(System.nanoTime());
      createTopics(servers);
      for (int number = 0; number < settings.instances(); number++) {
        instances.add(instance(number, config));
      }
      return underFire(servers, SettingsLoader.load(config, Map.of(), Map.of()));
    } finally {
      instances.forEach(Member::close);
      if (broker != null) {
        broker.close();
      }
    }
  }

  private @Nullable ChaosReport underFire(String servers, StreamSettings stream)
      throws InterruptedException {
    try (OutputWatch watch =
            new OutputWatch(servers, settings.partitions(), recovery, InstantSource.system());
        Load load = new Load(servers, settings)) {
      lookAfterUntil(() -> watch.outputs() > 0, START, "the stream gave no output");
      told.accept("%d instances work; faults begin".formatted(settings.instances()));
      long begun = System.nanoTime();
      plan(begun);
      fire(begun, load, watch);
      if (stop.getAsBoolean()) {
        return null;
      }
      load.finish(SENDING);
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      told.accept("%,d events sent; the stream works off what is left".formatted(load.sent()));
      long calm = System.nanoTime();
      AuditResult audit = audit(stream);
      Duration drained = Duration.ofNanos(System.nanoTime() - calm);
      return stop.getAsBoolean() ? null : report(audit, took, drained);
    }
  }

  private ChaosReport report(AuditResult audit, Duration took, Duration drained) {
    int unasked = instances.stream().mapToInt(Member::endedByThemselves).sum();
    return new ChaosReport(settings, audit, faults, unasked, recovery.times(), took, drained);
  }

  /** Waits for the stream, which may still start anew, and counts. */
  private AuditResult audit(StreamSettings stream) throws InterruptedException {
    Thread supervisor =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                lookAfter(System.nanoTime());
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
              }
            },
            "chaos-supervisor");
    supervisor.setDaemon(true);
    supervisor.start();
    try {
      return new TopicAudit(stream, AuditRequest.ofAll(DRAIN, 10), records -> {}, stop).run();
    } finally {
      supervisor.interrupt();
      supervisor.join();
    }
  }

  /** A fault's begin or end. */
  private record Step(long nanos, Fault fault, boolean begins) {}

  private void plan(long begun) {
    for (Fault fault : FaultPlan.of(settings.seed(), settings.length(), settings.instances())) {
      steps.add(new Step(begun + fault.at().toNanos(), fault, true));
    }
  }

  /** Until the time is over and every fault has ended. */
  private void fire(long begun, Load load, OutputWatch watch) throws InterruptedException {
    long end = begun + settings.length().toNanos();
    long tell = begun;
    long sentBefore = 0;
    while (!stop.getAsBoolean() && (System.nanoTime() - end < 0 || !steps.isEmpty())) {
      long now = System.nanoTime();
      while (!steps.isEmpty() && now - steps.peek().nanos() >= 0) {
        Step step = steps.remove();
        if (step.begins() && now - end >= 0) {
          continue; // put off until it was too late
        }
        if (!step.begins()) {
          goOn(step.fault());
          sentBefore = step.fault().kind().isOfBroker() ? load.sent() : sentBefore;
        } else if (step.fault().kind().isOfBroker() && load.sent() == sentBefore) {
          // A broker that starts slowly serves again before the next fault befalls it.
          steps.add(new Step(now + LATER.toNanos(), step.fault(), true));
        } else {
          begin(step.fault(), now);
        }
      }
      lookAfter(now);
      if (now - tell >= TELL.toNanos()) {
        tell = now;
        told.accept(
            "%4d s: %,d events sent, %,d labelled, %s"
                .formatted(
                    TimeUnit.NANOSECONDS.toSeconds(now - begun),
                    load.sent(),
                    watch.outputs(),
                    faults));
      }
      Thread.sleep(LOOK_AGAIN.toMillis());
    }
    steps.clear();
  }

  private void begin(Fault fault, long now) throws InterruptedException {
    Member target = target(fault);
    if (!target.isRunning()) {
      // One that is between two processes takes the fault when it is there again.
      steps.add(new Step(now + LATER.toNanos(), fault, true));
      return;
    }
    faults.merge(fault.kind(), 1, Integer::sum);
    long again = now + fault.lasts().toNanos();
    switch (fault.kind()) {
      case KILL, BROKER_KILL -> target.kill(again);
      case STOP, BROKER_STOP -> target.stop(again);
      case ZOMBIE, BROKER_PAUSE -> target.pause();
    }
    if (fault.kind().isOfBroker() || fault.kind() == FaultKind.ZOMBIE) {
      steps.add(new Step(again, fault, false));
    }
    if (!fault.kind().isOfBroker()) {
      // The other instances take over.
      recovery.fault(fault.kind(), InstantSource.system().instant());
    }
  }

  private void goOn(Fault fault) throws InterruptedException {
    if (fault.kind() == FaultKind.BROKER_PAUSE || fault.kind() == FaultKind.ZOMBIE) {
      target(fault).goOn();
    }
    if (fault.kind().isOfBroker()) {
      // Without a broker nobody can recover.
      recovery.fault(fault.kind(), InstantSource.system().instant());
    }
  }

  private Member target(Fault fault) {
    if (!fault.kind().isOfBroker()) {
      return instances.get(fault.instance());
    }
    if (broker == null) {
      throw new IllegalStateException("the broker was not started");
    }
    return broker;
  }

  private void lookAfter(long now) {
    if (broker != null) {
      broker.lookAfter(now);
    }
    instances.forEach(member -> member.lookAfter(now));
  }

  private void lookAfterUntil(BooleanSupplier condition, Duration most, String otherwise)
      throws InterruptedException {
    long begun = System.nanoTime();
    while (!condition.getAsBoolean() && !stop.getAsBoolean()) {
      long now = System.nanoTime();
      lookAfter(now);
      if (now - begun > most.toNanos()) {
        throw new IllegalStateException(
            "%s within %d s; see the logs in %s"
                .formatted(otherwise, most.toSeconds(), settings.folder()));
      }
      Thread.sleep(LOOK_AGAIN.toMillis());
    }
  }

  private Member broker(int port) {
    Path data = settings.folder().resolve("broker");
    Path log = settings.folder().resolve("broker.log");
    List<String> command = List.of("broker", "--data=" + data, "--port=" + port);
    return new Member(() -> ChildProcess.start(home, log, command));
  }

  private Member instance(int number, Path config) {
    Path log = settings.folder().resolve("instance-%d.log".formatted(number));
    Path state = settings.folder().resolve("state-" + number);
    List<String> command =
        List.of("stream", "--config=" + config, "--set=kafka.state.dir=" + state);
    return new Member(() -> ChildProcess.start(home, log, command));
  }

  private Path prepare(String servers) {
    try {
      Files.createDirectories(settings.folder());
      return Files.writeString(
          settings.folder().resolve("chaos.yaml"), settings.streamSettings(servers));
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be written".formatted(settings.folder()), e);
    }
  }

  private void createTopics(String servers) throws InterruptedException {
    TopicCatalog topics =
        new TopicCatalog(
            Stream.of(ChaosSettings.INPUT, ChaosSettings.OUTPUT, ChaosSettings.DEAD_LETTERS)
                .map(this::topic)
                .toList());
    long begun = System.nanoTime();
    while (true) {
      try {
        BrokerTopics.createMissing(servers, topics);
        return;
      } catch (ExecutionException failure) {
        if (System.nanoTime() - begun > START.toNanos()) {
          throw new IllegalStateException(
              "the broker did not start; see the logs in " + settings.folder(), failure);
        }
        Thread.sleep(LOOK_AGAIN.toMillis());
      }
    }
  }

  private TopicSpec topic(String name) {
    return new TopicSpec(
        name,
        settings.partitions(),
        (short) 1,
        Map.of("retention.ms", "-1"),
        "chaos",
        "of a run under fire",
        TopicSchemas.NONE);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
  }
}
