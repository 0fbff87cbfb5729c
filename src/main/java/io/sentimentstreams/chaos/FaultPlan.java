package io.sentimentstreams.chaos;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which faults come when: the same for the same seed and settings. Instances are killed every 12 to
 * 18 seconds, so at least three times a minute; beside that, one fault of another kind follows the
 * other, all kinds in turns.
 */
final class FaultPlan {
  /** What may be asked for beside the kills. An instance that is added leaves again. */
  static final List<FaultKind> KINDS =
      List.of(
          FaultKind.ZOMBIE,
          FaultKind.STOP,
          FaultKind.SCALE_OUT,
          FaultKind.ACTIVATION,
          FaultKind.ROLLING_RESTART,
          FaultKind.BROKER_KILL,
          FaultKind.BROKER_STOP,
          FaultKind.BROKER_PAUSE);

  private final Random random;
  private final Duration length;
  private final int instances;
  private final int brokers;
  private final List<FaultKind> round;

  private FaultPlan(
      Random random, Duration length, int instances, int brokers, List<FaultKind> round) {
    this.random = random;
    this.length = length;
    this.instances = instances;
    this.brokers = brokers;
    this.round = round;
  }

  /**
   * The faults, by when they begin.
   *
   * @param length of the load; no fault begins later
   * @param instances to choose from
   * @param brokers to choose from
   * @param kinds beside the kills; some of {@link #KINDS}
   */
  static List<Fault> of(
      long seed, Duration length, int instances, int brokers, Collection<FaultKind> kinds) {
    List<FaultKind> round = new ArrayList<>(KINDS);
    round.retainAll(kinds); // in one order, whatever theirs
    FaultPlan plan = new FaultPlan(new Random(seed), length, instances, brokers, round);
    List<Fault> faults = new ArrayList<>(plan.kills());
    faults.addAll(plan.others());
    faults.sort(comparing(Fault::at));
    return List.copyOf(faults);
  }

  private List<Fault> kills() {
    List<Fault> kills = new ArrayList<>();
    for (Duration at = within(5, 10); at.compareTo(length) < 0; at = at.plus(within(12, 18))) {
      kills.add(new Fault(at, FaultKind.KILL, random.nextInt(instances), within(0, 2)));
    }
    return kills;
  }

  private List<Fault> others() {
    List<Fault> others = new ArrayList<>();
    int added = 0;
    int turn = 0;
    for (Duration at = within(8, 12); at.compareTo(length) < 0 && !round.isEmpty(); turn++) {
      if (turn % round.size() == 0) {
        Collections.shuffle(round, random);
      }
      FaultKind kind = round.get(turn % round.size());
      Fault fault = new Fault(at, kind, target(kind, added), lasts(kind));
      others.add(fault);
      if (kind == FaultKind.SCALE_OUT) {
        added++;
        others.add(leaving(fault));
      }
      at = fault.end().plus(within(6, 12));
    }
    others.removeIf(fault -> fault.at().compareTo(length) >= 0);
    return others;
  }

  private Fault leaving(Fault added) {
    FaultKind kind = random.nextBoolean() ? FaultKind.SCALE_IN_STOP : FaultKind.SCALE_IN_KILL;
    return new Fault(added.end(), kind, added.target(), Duration.ZERO);
  }

  private int target(FaultKind kind, int added) {
    if (kind.isOfBroker()) {
      return random.nextInt(brokers);
    }
    return switch (kind) {
      case SCALE_OUT -> instances + added;
      case ACTIVATION, ROLLING_RESTART -> 0;
      default -> random.nextInt(instances);
    };
  }

  private Duration lasts(FaultKind kind) {
    return switch (kind) {
      case KILL, STOP -> within(0, 2);
      // Sessions of the instances last 6 s, see ChaosSettings.
      case ZOMBIE -> within(8, 14);
      // Long enough to start, and to work for a while.
      case SCALE_OUT -> within(15, 25);
      case SCALE_IN_STOP, SCALE_IN_KILL, ACTIVATION, ROLLING_RESTART -> Duration.ZERO;
      // One of several is given up by the others after 9 s, Kafka's default.
      case BROKER_KILL, BROKER_STOP -> brokers > 1 ? within(3, 15) : within(1, 5);
      case BROKER_PAUSE -> brokers > 1 ? within(5, 15) : within(3, 10);
    };
  }

  private Duration within(int fromSeconds, int toSeconds) {
    return Duration.ofMillis(
        1_000L * fromSeconds + random.nextInt(1_000 * (toSeconds - fromSeconds)));
  }
}
