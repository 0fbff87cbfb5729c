package io.sentimentstreams.chaos;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which faults come when: the same for the same seed. Instances are killed every 12 to 18 seconds,
 * so at least three times a minute; beside that, one fault of another kind follows the other, all
 * kinds in turns.
 */
final class FaultPlan {
  private static final List<FaultKind> OTHERS =
      List.of(
          FaultKind.ZOMBIE,
          FaultKind.STOP,
          FaultKind.BROKER_KILL,
          FaultKind.BROKER_STOP,
          FaultKind.BROKER_PAUSE);

  private final Random random;
  private final Duration length;
  private final int instances;

  private FaultPlan(Random random, Duration length, int instances) {
    this.random = random;
    this.length = length;
    this.instances = instances;
  }

  /**
   * The faults, by when they begin.
   *
   * @param length of the load; no fault begins later
   * @param instances to choose from
   */
  static List<Fault> of(long seed, Duration length, int instances) {
    FaultPlan plan = new FaultPlan(new Random(seed), length, instances);
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
    List<FaultKind> round = new ArrayList<>(OTHERS);
    for (Duration at = within(10, 14); at.compareTo(length) < 0; ) {
      if (others.size() % OTHERS.size() == 0) {
        Collections.shuffle(round, random);
      }
      FaultKind kind = round.get(others.size() % OTHERS.size());
      int instance = kind.isOfBroker() ? 0 : random.nextInt(instances);
      Fault fault = new Fault(at, kind, instance, lasts(kind));
      others.add(fault);
      at = fault.end().plus(within(8, 14));
    }
    return others;
  }

  private Duration lasts(FaultKind kind) {
    return switch (kind) {
      case KILL, STOP -> within(0, 2);
      // Sessions of the instances last 6 s, see ChaosSettings.
      case ZOMBIE -> within(8, 14);
      case BROKER_KILL, BROKER_STOP -> within(1, 5);
      case BROKER_PAUSE -> within(3, 10);
    };
  }

  private Duration within(int fromSeconds, int toSeconds) {
    return Duration.ofMillis(
        1_000L * fromSeconds + random.nextInt(1_000 * (toSeconds - fromSeconds)));
  }
}
