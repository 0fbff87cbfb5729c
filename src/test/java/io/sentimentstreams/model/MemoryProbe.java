package io.sentimentstreams.model;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/**
 * Prints by how many bytes the process grows over many batches. Runs in a JVM of its own, whose
 * heap has a fixed size and is touched from the start, so that all growth is native memory.
 */
final class MemoryProbe {
  /** The embeddings of a batch are 20 to 24 KB: over 190 MB, if all batches kept theirs. */
  private static final int[] LENGTHS = {2, 3};

  private static final int WARM_UP_BATCHES = 1_000;
  private static final int BATCHES = 10_000;

  private MemoryProbe() {}

  static NetworkSpec network(String name) {
    return name.equals("bilstm")
        ? NetworkSpec.biLstm(1024, 32, Pooling.MAX)
        : NetworkSpec.conv1d(1024, 64, 5, Pooling.MAX, 0);
  }

  /**
   * The command that runs the probe, with this JVM's own options first; its last line of output is
   * the growth in bytes.
   */
  static List<String> command(BackendKind backend, String network) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(MemoryProbe.class.getName(), backend.code(), network));
    return command;
  }

  public static void main(String[] arguments) {
    BackendKind kind = BackendKind.parse(arguments[0]);
    ModelBundle bundle = TestBundles.random(network(arguments[1]), Precision.F32);
    try (InferenceBackend backend = Backends.open(bundle, kind, Device.AUTO, 1)) {
      run(backend, WARM_UP_BATCHES);
      long before = Pointer.physicalBytes();
      run(backend, BATCHES);
      System.out.println(Pointer.physicalBytes() - before);
    }
  }

  private static void run(InferenceBackend backend, int batches) {
    for (int batch = 0; batch < batches; batch++) {
      backend.probabilities(InferenceBackendContractTest.texts(batch, LENGTHS));
    }
  }
}
