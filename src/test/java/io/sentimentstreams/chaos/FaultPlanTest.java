package io.sentimentstreams.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class FaultPlanTest {
  @Property(tries = 200)
  void kills_ofAnyPlan_areThreeAMinuteOrMore(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int minutes) {
    List<Fault> faults = FaultPlan.of(seed, Duration.ofMinutes(minutes), 3);
    assertThat(faults)
        .filteredOn(fault -> fault.kind() == FaultKind.KILL)
        .hasSizeGreaterThanOrEqualTo(3 * minutes);
    assertThat(faults)
        .allMatch(fault -> fault.at().compareTo(Duration.ofMinutes(minutes)) < 0)
        .allMatch(fault -> fault.instance() >= 0 && fault.instance() < 3)
        .isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
  }

  @Property(tries = 50)
  void faults_ofFewMinutes_areOfEveryKindAndOneOfTheBrokerAtATime(@ForAll long seed) {
    List<Fault> faults = FaultPlan.of(seed, Duration.ofMinutes(3), 3);
    assertThat(faults).extracting(Fault::kind).contains(FaultKind.values());
    List<Fault> ofBroker = faults.stream().filter(fault -> fault.kind().isOfBroker()).toList();
    for (int i = 1; i < ofBroker.size(); i++) {
      assertThat(ofBroker.get(i).at()).isGreaterThan(ofBroker.get(i - 1).end());
    }
    // A pause shorter than the session of 6 s would make no zombie.
    assertThat(faults)
        .filteredOn(fault -> fault.kind() == FaultKind.ZOMBIE)
        .allMatch(fault -> fault.lasts().toSeconds() >= 8);
  }

  @Test
  void plan_ofTheSameSeed_isTheSame() {
    Duration length = Duration.ofMinutes(5);
    assertThat(FaultPlan.of(7, length, 3)).isEqualTo(FaultPlan.of(7, length, 3));
    assertThat(FaultPlan.of(7, length, 3)).isNotEqualTo(FaultPlan.of(8, length, 3));
    assertThat(Arrays.stream(FaultKind.values()).map(FaultKind::code)).doesNotHaveDuplicates();
  }
}
