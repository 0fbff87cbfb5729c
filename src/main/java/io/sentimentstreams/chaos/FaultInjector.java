package io.sentimentstreams.chaos;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Does what a plan says, when it says so. To be used by one thread. */
final class FaultInjector {
  /** What an instance writes to its log when its models are warm and its threads have started. */
  static final String STARTED = "Page, metrics and health are served on";

  /** After what a fault is tried again that cannot come yet. */
  private static final Duration LATER = Duration.ofMillis(200);

  private final Deployment deployment;
  private final ModelExchange models;
  private final Recovery recovery;
  private final BooleanSupplier allInSync;
  private final boolean brokerIsAlone;
  private final InstantSource clock;
  private final Map<FaultKind, Integer> done = new EnumMap<>(FaultKind.class);
  private final PriorityQueue<Step> steps = new PriorityQueue<>(comparing(Step::nanos));
  private final long end;

  /** Brokers that a fault has sent away and that may not be back. */
  private int brokersAway;

  private @Nullable Member joining;

  /**
   * @param plan of the time between begin and end, in nanoseconds of {@link System#nanoTime}
   * @param allInSync whether each partition has all of its replicas: else no further broker may
   *     fail
   * @param brokerIsAlone whether nobody can recover before a broker's return
   */
  FaultInjector(
      List<Fault> plan,
      long begin,
      long end,
      Deployment deployment,
      ModelExchange models,
      Recovery recovery,
      BooleanSupplier allInSync,
      boolean brokerIsAlone,
      InstantSource clock) {
    this.deployment = deployment;
    this.models = models;
    this.recovery = recovery;
    this.allInSync = allInSync;
    this.brokerIsAlone = brokerIsAlone;
    this.clock = clock;
    this.end = end;
    plan.forEach(fault -> steps.add(new Step(begin + fault.at().toNanos(), fault, true)));
  }

  /** A fault's begin or end. */
  private record Step(long nanos, Fault fault, boolean begins) {}

  /** How often each kind was done. */
  Map<FaultKind, Integer> done() {
    return Map.copyOf(done);
  }

  /** Whether something has begun, or is still to come, that has not ended. */
  boolean isBusy() {
    return !steps.isEmpty() || models.isBusy() || joining != null;
  }

  /** Counts what has not come to its end as not recovered from. */
  void giveUp() {
    models.giveUp();
    if (joining != null) {
      recovery.giveUp(FaultKind.SCALE_OUT);
    }
  }

  /** Does what is due; to be called again and again. */
  void lookAfter(long now) throws InterruptedException {
    while (!steps.isEmpty() && now - steps.peek().nanos() >= 0) {
      Step step = steps.remove();
      if (!step.begins()) {
        goOn(step.fault());
      } else if (now - end < 0) { // else it was put off until it was too late
        tryToBegin(step.fault(), now);
      }
    }
    models.lookAfter(now);
    lookAfterJoining();
  }

  private void lookAfterJoining() {
    if (joining != null && joining.hasSaid(STARTED)) {
      joining = null;
      recovery.fault(FaultKind.SCALE_OUT, clock.instant());
    } else if (joining != null && joining.isGone()) {
      joining = null; // it left before it could join
    }
  }

  private void tryToBegin(Fault fault, long now) throws InterruptedException {
    if (canBegin(fault)) {
      done.merge(fault.kind(), 1, Integer::sum);
      begin(fault, now);
    } else {
      steps.add(new Step(now + LATER.toNanos(), fault, true));
    }
  }

  /**
   * One that is between two processes takes the fault when it is there again. A broker takes it
   * when all of them serve: only then do the partitions tell of the fault before, since the
   * controller may miss a broker for 9 s without a word.
   */
  private boolean canBegin(Fault fault) {
    return switch (fault.kind()) {
      case SCALE_OUT -> true;
      case ACTIVATION, ROLLING_RESTART -> !models.isBusy();
      case BROKER_KILL, BROKER_STOP, BROKER_PAUSE ->
          brokersAway == 0 && deployment.brokersServe() && allInSync.getAsBoolean();
      default -> deployment.target(fault).isRunning();
    };
  }

  private void begin(Fault fault, long now) throws InterruptedException {
    long again = now + fault.lasts().toNanos();
    switch (fault.kind()) {
      case SCALE_OUT -> joining = deployment.addInstance();
      case ACTIVATION -> models.activate();
      case ROLLING_RESTART -> models.roll();
      case KILL, BROKER_KILL -> deployment.target(fault).kill(again);
      case STOP, BROKER_STOP -> deployment.target(fault).stop(again);
      case ZOMBIE, BROKER_PAUSE -> deployment.target(fault).pause();
      case SCALE_IN_KILL -> {
        deployment.target(fault).leave();
        deployment.target(fault).kill(again);
      }
      case SCALE_IN_STOP -> {
        deployment.target(fault).leave();
        deployment.target(fault).stop(again);
      }
    }
    if (fault.kind().isOfBroker() || fault.kind() == FaultKind.ZOMBIE) {
      steps.add(new Step(again, fault, false));
    }
    if (fault.kind().isOfBroker()) {
      brokersAway++;
    }
    if (recoversFromItsBegin(fault.kind())) {
      recovery.fault(fault.kind(), clock.instant());
    }
  }

  /** Where others take over; models and what joins say themselves from when on. */
  private boolean recoversFromItsBegin(FaultKind kind) {
    return kind != FaultKind.SCALE_OUT
        && !kind.isOfModels()
        && !(kind.isOfBroker() && brokerIsAlone);
  }

  private void goOn(Fault fault) throws InterruptedException {
    if (fault.kind() == FaultKind.BROKER_PAUSE || fault.kind() == FaultKind.ZOMBIE) {
      deployment.target(fault).goOn();
    }
    if (fault.kind().isOfBroker()) {
      brokersAway--;
    }
    if (fault.kind().isOfBroker() && brokerIsAlone) {
      recovery.fault(fault.kind(), clock.instant());
    }
  }
}
