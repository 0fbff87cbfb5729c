package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class BackendChoiceTest {
  private static final BackendFacts CPU_BUILD =
      new BackendFacts(null, GpuSupport.NOT_BUILT, null, GpuSupport.NOT_BUILT);

  @ParameterizedTest
  @CsvSource({
    // device, ND4J's GPU, ONNX Runtime's GPU, backend, its device
    "auto, NOT_BUILT, NOT_BUILT, compiled, cpu",
    "auto, NO_GPU, NOT_BUILT, compiled, cpu",
    "auto, NOT_BUILT, NO_GPU, compiled, cpu",
    "auto, READY, NOT_BUILT, dl4j, cuda",
    "auto, NOT_BUILT, READY, onnx, cuda",
    "auto, READY, READY, onnx, cuda",
    "cpu, NOT_BUILT, NOT_BUILT, compiled, cpu",
    "cpu, READY, READY, compiled, cpu",
    "cuda:1, READY, READY, onnx, cuda:1",
    "cuda:1, READY, NO_GPU, dl4j, cuda:1",
    "cuda:1, READY, NOT_BUILT, dl4j, cuda:1",
    "cuda, NOT_BUILT, READY, onnx, cuda",
    "cuda, NOT_BUILT, NO_GPU, onnx, cuda",
    "cuda, NO_GPU, NOT_BUILT, dl4j, cuda",
    "cuda, NO_GPU, NO_GPU, onnx, cuda",
  })
  void of_automatic_takesTheGpuWhereThereIsOneAndElseCompiled(
      String device, GpuSupport dl4j, GpuSupport onnx, String backend, String used) {
    BackendFacts facts = new BackendFacts(null, dl4j, null, onnx);

    BackendChoice choice = BackendChoice.of(BackendKind.AUTO, Device.parse(device), facts);

    assertThat(choice.kind().code()).isEqualTo(backend);
    assertThat(choice.device()).isEqualTo(Device.parse(used));
  }

  @Test
  void of_automaticOnAGpuThatNothingIsBuiltFor_saysHowToBuildIt() {
    assertThatThrownBy(() -> BackendChoice.of(BackendKind.AUTO, Device.cuda(1), CPU_BUILD))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "device cuda:1: this build computes on the CPU only; build with -Ponnx-gpu for"
                + " ONNX Runtime on a GPU or -Pcuda for ND4J's, or use device cpu");
  }

  @ParameterizedTest
  @CsvSource({"auto", "cpu"})
  void of_automaticWithoutCompiled_isDl4jAndSaysWhy(String device) {
    BackendFacts facts =
        new BackendFacts("does not load", GpuSupport.NOT_BUILT, null, GpuSupport.NOT_BUILT);

    BackendChoice choice = BackendChoice.of(BackendKind.AUTO, Device.parse(device), facts);

    assertThat(choice.kind()).isEqualTo(BackendKind.DL4J);
    assertThat(choice.device()).isEqualTo(Device.parse(device));
    assertThat(choice.reason()).endsWith("not compiled, which does not load");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
  void of_kindAskedFor_isThatKind(BackendKind kind) {
    BackendChoice choice = BackendChoice.of(kind, Device.CPU, CPU_BUILD);

    assertThat(choice).isEqualTo(new BackendChoice(kind, Device.CPU, "as asked for"));
  }

  @Test
  void of_compiledOnAGpu_isRefusedWithTheRemedy() {
    assertThatThrownBy(() -> BackendChoice.of(BackendKind.COMPILED, Device.cuda(1), CPU_BUILD))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "backend compiled: computes on the CPU, but device cuda:1 is asked for;"
                + " use backend dl4j or onnx, or device cpu");
  }

  @ParameterizedTest
  @EnumSource(names = {"COMPILED", "ONNX"})
  void of_kindThatCannotServe_isRefusedWithItsReason(BackendKind kind) {
    BackendFacts facts =
        new BackendFacts(
            "does not load", GpuSupport.NOT_BUILT, "does not load", GpuSupport.NOT_BUILT);

    assertThatThrownBy(() -> BackendChoice.of(kind, Device.AUTO, facts))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("backend %s: does not load; use backend auto or dl4j".formatted(kind));
  }
}
