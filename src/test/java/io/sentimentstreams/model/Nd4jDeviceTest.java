package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class Nd4jDeviceTest {

  static boolean hasCuda() {
    return Nd4jDevice.class.getClassLoader().getResource("org/nd4j/linalg/jcublas") != null;
  }

  @Test
  @DisabledIf("hasCuda")
  void start_cudaInABuildWithoutIt_saysHowToBuildIt() {
    assertThatThrownBy(() -> Nd4jDevice.start(Device.CUDA))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "device cuda: this build has no CUDA backend; build with -Pcuda or use device cpu");
  }

  @ParameterizedTest
  @DisabledIf("hasCuda")
  @EnumSource(names = {"AUTO", "CPU"})
  void start_cpuBuild_isTheCpu(Device device) {
    assertThat(Nd4jDevice.start(device)).isEqualTo("cpu");
  }

  @Test
  void requireBuiltFor_cpuInACudaBuild_saysHowToBuildIt() {
    assertThatThrownBy(() -> Nd4jDevice.requireBuiltFor(Device.CPU, true, false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("device cpu: this build has only the CUDA backend; build without -Pcuda");
  }

  @Test
  void requireBuiltFor_noBackendAtAll_isRefused() {
    assertThatThrownBy(() -> Nd4jDevice.requireBuiltFor(Device.AUTO, false, false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no ND4J backend");
  }

  @Test
  void requireBuiltFor_automaticInAnyBuild_passes() {
    assertThatCode(() -> Nd4jDevice.requireBuiltFor(Device.AUTO, true, false))
        .doesNotThrowAnyException();
    assertThatCode(() -> Nd4jDevice.requireBuiltFor(Device.AUTO, false, true))
        .doesNotThrowAnyException();
  }
}
