package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Dl4jBackendTest extends InferenceBackendContractTest {
  /** Less than the embeddings of the probe's batches would come to, if they were kept. */
  private static final long NOISE_BYTES = 32 << 20;

  @Override
  protected InferenceBackend create(ModelBundle bundle, int parallelism) {
    return new Dl4jBackend(bundle, Nd4jDevice.start(Device.AUTO), parallelism);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bilstm", "conv1d"})
  void probabilities_overManyBatches_holdNoMoreNativeMemory(String network) throws Exception {
    List<String> lines = run(MemoryProbe.command(network));

    assertThat(Long.parseLong(lines.get(lines.size() - 1))).isLessThan(NOISE_BYTES);
  }

  private static List<String> run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output.lines().toList();
  }
}
