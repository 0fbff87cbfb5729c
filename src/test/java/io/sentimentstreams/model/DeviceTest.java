package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceTest {

  @ParameterizedTest
  @CsvSource({
    "auto, AUTO, 0, auto",
    "cpu, CPU, 0, cpu",
    "cuda, CUDA, 0, cuda",
    "cuda:0, CUDA, 0, cuda",
    "CUDA:13, CUDA, 13, cuda:13",
  })
  void parse_device_isKindAndIndex(String text, Device.Kind kind, int index, String canonical) {
    Device device = Device.parse(text);

    assertThat(device).isEqualTo(new Device(kind, index));
    assertThat(device).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "cuda:", "cuda:-1", "cuda:x", "cuda:99999", "cpu:1", " cpu"})
  void parse_anythingElse_namesItAndThePossible(String text) {
    assertThatThrownBy(() -> Device.parse(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "\"%s\" is no device: give auto, cpu, cuda or cuda:N, N a GPU's number from 0", text);
  }

  @Test
  void device_indexOfNoGpu_isRefused() {
    assertThatThrownBy(() -> new Device(Device.Kind.CPU, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cpu");
    assertThatThrownBy(() -> Device.cuda(-1)).isInstanceOf(InvalidInputException.class);
  }

  @ParameterizedTest
  @EnumSource
  void backendKind_code_parsesToItself(BackendKind kind) {
    assertThat(BackendKind.parse(kind.code())).isEqualTo(kind);
    assertThat(BackendKind.CODES).contains(kind.code());
  }

  @Test
  void backendKind_unknown_namesItAndThePossible() {
    assertThatThrownBy(() -> BackendKind.parse("torch"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("\"torch\" is no backend: give auto, compiled, dl4j or onnx");
  }
}
