package io.sentimentstreams.model;

final class CompiledBackendTest extends InferenceBackendContractTest {
  @Override
  protected BackendKind kind() {
    return BackendKind.COMPILED;
  }
}
