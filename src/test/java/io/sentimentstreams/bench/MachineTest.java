package io.sentimentstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MachineTest {

  @Test
  void warning_ofABusyMachine_namesItsLoad() {
    assertThat(machine(3.0, null).warning()).contains("load 3.0 on 4 cores");
  }

  @Test
  void warning_ofAnIdleOrUnknownMachine_isNone() {
    assertThat(machine(0.9, null).warning()).isNull();
    assertThat(machine(null, null).warning()).isNull();
  }

  @Test
  void peakShare_ofMultiplyAdds_countsTwoOperationsEach() {
    assertThat(machine(null, 100.0).peakShare(25e9, 1)).isCloseTo(0.5, within(1e-9));
    assertThat(machine(null, 100.0).peakShare(25e9, 2)).isCloseTo(0.25, within(1e-9));
    assertThat(machine(null, null).peakShare(25e9, 1)).isNull();
  }

  @Test
  void here_any_isDescribed() {
    assertThat(Machine.here().processor()).isNotBlank();
    assertThat(Machine.here().cores()).isPositive();
  }

  private static Machine machine(@Nullable Double load, @Nullable Double gflops) {
    return new Machine("processor", 4, "os", "java", load, "1", gflops);
  }
}
