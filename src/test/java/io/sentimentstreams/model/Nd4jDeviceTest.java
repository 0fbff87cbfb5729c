package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Nd4jDeviceTest {

  static boolean hasCuda() {
    return Nd4jDevice.class.getClassLoader().getResource("org/nd4j/linalg/jcublas") != null;
  }

  @Test
  @DisabledIf("hasCuda")
  void start_cudaInABuildWithoutIt_saysHowToBuildIt() {
    assertThatThrownBy(() -> Nd4jDevice.start(Device.cuda(0)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "device cuda: this build has no CUDA backend; build with -Pcuda or use device cpu");
  }

  @ParameterizedTest
  @DisabledIf("hasCuda")
  @ValueSource(strings = {"auto", "cpu"})
  void start_cpuBuild_isTheCpu(String device) {
    assertThat(Nd4jDevice.start(Device.parse(device))).isEqualTo(new Nd4jDevice("cpu", false, 0));
  }

  @Test
  @DisabledIf("hasCuda")
  void gpuSupport_cpuBuild_isNotBuilt() {
    assertThat(Nd4jDevice.gpuSupport()).isEqualTo(GpuSupport.NOT_BUILT);
  }

  @Test
  void requireIndex_moreThanTheMachineHas_isRefused() {
    assertThatCode(() -> Nd4jDevice.requireIndex(Device.cuda(1), 2)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Nd4jDevice.requireIndex(Device.cuda(2), 2))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("device cuda:2: ")
        .hasMessageContaining("2 GPU");
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
