package io.sentimentstreams.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class FaultPlanTest {
  @Property(tries = 200)
  void kills_ofAnyPlan_areThreeAMinuteOrMore(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int minutes) {
    List<Fault> faults = plan(seed, Duration.ofMinutes(minutes), 1);
    assertThat(faults)
        .filteredOn(fault -> fault.kind() == FaultKind.KILL)
        .hasSizeGreaterThanOrEqualTo(3 * minutes)
        .allMatch(fault -> fault.target() >= 0 && fault.target() < 3);
    assertThat(faults)
        .allMatch(fault -> fault.at().compareTo(Duration.ofMinutes(minutes)) < 0)
        .isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
  }

  @Property(tries = 50)
  void faults_ofFewMinutes_areOfEveryKindAndOneOfABrokerAtATime(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int brokers) {
    List<Fault> faults = plan(seed, Duration.ofMinutes(4), brokers);
    Set<FaultKind> kinds = EnumSet.allOf(FaultKind.class);
    // An instance that was added leaves in one of two ways.
    kinds.removeAll(Set.of(FaultKind.SCALE_IN_KILL, FaultKind.SCALE_IN_STOP));
    assertThat(faults).extracting(Fault::kind).containsAll(kinds);
    List<Fault> ofBroker = faults.stream().filter(fault -> fault.kind().isOfBroker()).toList();
    assertThat(ofBroker).allMatch(fault -> fault.target() >= 0 && fault.target() < brokers);
    for (int i = 1; i < ofBroker.size(); i++) {
      assertThat(ofBroker.get(i).at()).isGreaterThan(ofBroker.get(i - 1).end());
    }
    // A pause shorter than the session of 6 s would make no zombie.
    assertThat(faults)
        .filteredOn(fault -> fault.kind() == FaultKind.ZOMBIE)
        .allMatch(fault -> fault.lasts().toSeconds() >= 8);
  }

  @Property(tries = 50)
  void instances_thatAreAdded_haveTheNextNumbersAndLeave(@ForAll long seed) {
    List<Fault> faults =
        FaultPlan.of(seed, Duration.ofMinutes(5), 3, 1, Set.of(FaultKind.SCALE_OUT));
    List<Fault> added = of(faults, FaultKind.SCALE_OUT);
    for (int i = 0; i < added.size(); i++) {
      assertThat(added.get(i).target()).isEqualTo(3 + i);
    }
    List<Fault> left = of(faults, FaultKind.SCALE_IN_STOP, FaultKind.SCALE_IN_KILL);
    // The last one may stay until the end.
    assertThat(left).hasSizeBetween(added.size() - 1, added.size());
    for (int i = 0; i < left.size(); i++) {
      assertThat(left.get(i).target()).isEqualTo(added.get(i).target());
      assertThat(left.get(i).at()).isEqualTo(added.get(i).end());
    }
  }

  @Test
  void kinds_thatAreNotAskedFor_doNotCome() {
    assertThat(FaultPlan.of(3, Duration.ofMinutes(5), 3, 1, Set.of()))
        .extracting(Fault::kind)
        .containsOnly(FaultKind.KILL);
    assertThat(FaultPlan.of(3, Duration.ofMinutes(5), 3, 1, Set.of(FaultKind.ACTIVATION)))
        .extracting(Fault::kind)
        .containsOnly(FaultKind.KILL, FaultKind.ACTIVATION);
  }

  @Test
  void leaving_ofManySeeds_isByStopAndByKill() {
    assertThat(plan(5, Duration.ofHours(1), 1))
        .extracting(Fault::kind)
        .contains(FaultKind.SCALE_IN_STOP, FaultKind.SCALE_IN_KILL);
  }

  @Test
  void plan_ofTheSameSeed_isTheSame() {
    Duration length = Duration.ofMinutes(5);
    assertThat(plan(7, length, 3)).isEqualTo(plan(7, length, 3));
    assertThat(plan(7, length, 3)).isNotEqualTo(plan(8, length, 3));
    assertThat(FaultPlan.of(7, length, 3, 1, List.of(FaultKind.STOP, FaultKind.ZOMBIE)))
        .isEqualTo(FaultPlan.of(7, length, 3, 1, List.of(FaultKind.ZOMBIE, FaultKind.STOP)));
    assertThat(Arrays.stream(FaultKind.values()).map(FaultKind::code)).doesNotHaveDuplicates();
  }

  private static List<Fault> plan(long seed, Duration length, int brokers) {
    return FaultPlan.of(seed, length, 3, brokers, FaultPlan.KINDS);
  }

  private static List<Fault> of(List<Fault> faults, FaultKind... kinds) {
    return faults.stream().filter(fault -> List.of(kinds).contains(fault.kind())).toList();
  }
}
