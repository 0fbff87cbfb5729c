package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.Fuzz;
import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader of bundles with damaged and random files, as somebody would who forges one. */
final class BundleFuzzTest {
  private static final List<String> JSON =
      List.of(
          "\"formatVersion\" : 3",
          "null",
          "[[[[[[",
          "{\"a\":{",
          "1e999999999",
          "\"NaN\"",
          "-1",
          "\"../..\"",
          "\"units\" : 1073741824",
          "\"java.util.ArrayList\"",
          "\\u0000",
          "{}",
          "[]");

  private static final List<String> TENSORS =
      List.of(
          "\"dtype\":",
          "\"F32\"",
          "\"BF16\"",
          "\"shape\":",
          "[2147483647,2147483647]",
          "\"data_offsets\":[0,0]",
          "__metadata__",
          "{}",
          "[",
          "1e9",
          "-1");

  private final Path folder;

  BundleFuzzTest(@TempDir Path parent) {
    folder = parent.resolve("model");
  }

  @BeforeEach
  void save() {
    TestBundles.random(TestBundles.BILSTM, Precision.F16)
        .withMeasures(List.of(TestBundles.measures()))
        .save(folder, "# Card\n");
  }

  @Test
  void manifest_ofAnyBytes_isRefusedOrRead() throws Exception {
    Path file = folder.resolve(ManifestFile.NAME);
    List<byte[]> manifests = new ArrayList<>(List.of(Files.readAllBytes(file)));
    for (String golden : GoldenBundles.NAMES) {
      manifests.add(Files.readAllBytes(GoldenBundles.folder(golden).resolve(ManifestFile.NAME)));
    }
    Fuzz.run(
        "manifest",
        manifests,
        JSON,
        input -> readOrRefused(() -> ManifestFile.version(ManifestFile.parse(file, input))));
  }

  @Test
  void weights_ofAnyBytes_areRefusedOrRead() throws Exception {
    Path file = folder.resolve("fuzz.safetensors");
    List<byte[]> valid =
        List.of(
            small(Precision.F32),
            small(Precision.F16),
            Files.readAllBytes(folder.resolve("weights.safetensors")));
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      Fuzz.run(
          "safetensors",
          valid,
          TENSORS,
          input -> {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(input), 0);
            readOrRefused(() -> Safetensors.read(channel, file));
          });
    }
  }

  private byte[] small(Precision precision) throws IOException {
    Path file = folder.resolveSibling("small");
    Weights weights =
        Weights.of(
            List.of(
                new Tensor("a", new int[] {2, 3}, new float[6]),
                new Tensor("b", new int[] {1}, new float[] {-1.5f})));
    Safetensors.write(file, weights, precision, Map.of("format", "x"));
    return Files.readAllBytes(file);
  }

  /** What reads, and may find that it is the user's mistake. */
  @FunctionalInterface
  private interface Read {
    void run() throws IOException;
  }

  private void readOrRefused(Read read) throws IOException {
    try {
      read.run();
    } catch (InvalidInputException e) {
      assertThat(e.getMessage()).startsWith(folder.toString()).doesNotContain("\n");
    }
  }
}
