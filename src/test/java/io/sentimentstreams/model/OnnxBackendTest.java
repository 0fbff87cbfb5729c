package io.sentimentstreams.model;

final class OnnxBackendTest extends InferenceBackendContractTest {
  @Override
  protected BackendKind kind() {
    return BackendKind.ONNX;
  }
}
