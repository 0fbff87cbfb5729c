package io.sentimentstreams.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sentimentstreams.text.Vocabulary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Bundles as somebody makes them who wants to do harm, or has had bad luck. Where it helps, the
 * manifest is forged, too, so that sizes and hashes are right.
 */
public enum HostileBundle {
  ZIP_BOMB_AS_BUNDLE("is no folder") {
    @Override
    void spoil(Path folder) throws IOException {
      deleteAll(folder);
      Files.write(folder, zipBomb("manifest.json"));
    }
  },
  ZIP_BOMB_AS_WEIGHTS("weights.safetensors: its header says") {
    @Override
    void spoil(Path folder) throws IOException {
      Files.write(folder.resolve(ModelBundle.WEIGHTS), zipBomb("../../../etc/passwd"));
      forge(folder);
    }
  },
  ZIP_BOMB_AS_MANIFEST("manifest.json: ") {
    @Override
    void spoil(Path folder) throws IOException {
      Files.write(folder.resolve(ManifestFile.NAME), zipBomb("manifest.json"));
    }
  },
  PATH_AS_NAME("manifest.json: ") {
    @Override
    void spoil(Path folder) throws IOException {
      Path manifest = folder.resolve(ManifestFile.NAME);
      String json = Files.readString(manifest);
      Files.writeString(manifest, json.replace("\"test\"", "\"../../../etc/passwd\""));
    }
  },
  PATH_AS_TENSOR("tensor ../../../etc/passwd\ufffd: the network has none of that name") {
    @Override
    void spoil(Path folder) throws IOException {
      List<Tensor> tensors = tensors(folder);
      tensors.add(new Tensor("../../../etc/passwd\n", new int[] {1}, new float[1]));
      replaceWeights(folder, tensors);
    }
  },
  DEVICE_AS_VOCABULARY("vocabulary.txt: is not a regular file") {
    @Override
    void spoil(Path folder) throws IOException {
      Path file = folder.resolve(ModelBundle.VOCABULARY);
      Files.delete(file);
      Files.createSymbolicLink(file, Path.of("/dev/zero"));
    }
  },
  JAVA_OBJECT_AS_WEIGHTS("weights.safetensors: its header says") {
    @Override
    void spoil(Path folder) throws IOException {
      Files.write(folder.resolve(ModelBundle.WEIGHTS), javaObject());
      forge(folder);
    }
  },
  JAVA_OBJECT_AS_MANIFEST("manifest.json: ") {
    @Override
    void spoil(Path folder) throws IOException {
      Files.write(folder.resolve(ManifestFile.NAME), javaObject());
    }
  },
  WRONG_HASH("weights.safetensors: SHA-256 is ") {
    @Override
    void spoil(Path folder) throws IOException {
      Path file = folder.resolve(ModelBundle.WEIGHTS);
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }
  },
  VOCABULARY_OF_ANOTHER_SIZE("weights.safetensors: tensor embedding.weight: shape is") {
    @Override
    void spoil(Path folder) throws IOException {
      Vocabulary.build(TestBundles.TEXT, List.of("some other words"))
          .write(folder.resolve(ModelBundle.VOCABULARY));
      forge(folder);
    }
  },
  NAN_AMONG_THE_WEIGHTS("weights.safetensors: tensor output.bias: value 2 is NaN") {
    @Override
    void spoil(Path folder) throws IOException {
      Path file = folder.resolve(ModelBundle.WEIGHTS);
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 1] = 0x7e;
      Files.write(file, bytes);
      forge(folder);
    }
  },
  TRUNCATED_WEIGHTS("weights.safetensors: ") {
    @Override
    void spoil(Path folder) throws IOException {
      Path file = folder.resolve(ModelBundle.WEIGHTS);
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      forge(folder);
    }
  },
  TENSOR_OF_GIGABYTES("weights.safetensors: tensor huge: ") {
    @Override
    void spoil(Path folder) throws IOException {
      byte[] header =
          "{\"huge\":{\"dtype\":\"F32\",\"shape\":[500000000],\"data_offsets\":[0,2000000000]}}"
              .getBytes(UTF_8);
      ByteBuffer file =
          ByteBuffer.allocate(Long.BYTES + header.length + 4).order(ByteOrder.LITTLE_ENDIAN);
      Files.write(
          folder.resolve(ModelBundle.WEIGHTS), file.putLong(header.length).put(header).array());
      forge(folder);
    }
  },
  OVERSIZE_WEIGHTS("weights.safetensors: is larger than ") {
    @Override
    void spoil(Path folder) throws IOException {
      lengthen(folder.resolve(ModelBundle.WEIGHTS), (1L << 32) + 1);
    }
  },
  OVERSIZE_VOCABULARY("vocabulary.txt: is larger than ") {
    @Override
    void spoil(Path folder) throws IOException {
      lengthen(folder.resolve(ModelBundle.VOCABULARY), 1L << 33);
    }
  },
  OVERSIZE_MANIFEST("manifest.json: is larger than ") {
    @Override
    void spoil(Path folder) throws IOException {
      lengthen(folder.resolve(ManifestFile.NAME), 1L << 33);
    }
  },
  DEEP_MANIFEST("manifest.json: ") {
    @Override
    void spoil(Path folder) throws IOException {
      Files.writeString(
          folder.resolve(ManifestFile.NAME),
          "{\"formatVersion\":3,\"model\":" + "{\"a\":".repeat(100_000));
    }
  },
  NETWORK_OF_GIGABYTES("manifest.json: ") {
    @Override
    void spoil(Path folder) throws IOException {
      Path manifest = folder.resolve(ManifestFile.NAME);
      String json = Files.readString(manifest);
      Files.writeString(manifest, json.replace("\"units\" : 5", "\"units\" : 1073741824"));
    }
  };

  private static final int BOMB_MEGABYTES = 64;

  private final String refusal;

  HostileBundle(String refusal) {
    this.refusal = refusal;
  }

  /** What the refusal must say, besides the path. */
  public String refusal() {
    return refusal;
  }

  /** Writes a small sound bundle. */
  public static ModelBundle sound(Path folder) {
    ModelBundle bundle = TestBundles.random(TestBundles.BILSTM, Precision.F16);
    bundle.save(folder, "# Card\n");
    return bundle;
  }

  /** Writes the bundle, spoilt, to a folder that is not there yet. */
  public void write(Path folder) throws IOException {
    sound(folder);
    spoil(folder);
  }

  abstract void spoil(Path folder) throws IOException;

  private static void deleteAll(Path folder) throws IOException {
    for (String name :
        List.of(ManifestFile.NAME, ModelBundle.VOCABULARY, ModelBundle.WEIGHTS, ModelBundle.CARD)) {
      Files.delete(folder.resolve(name));
    }
    Files.delete(folder);
  }

  /** An archive of a few kilobytes that becomes a thousand times as large. */
  private static byte[] zipBomb(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < BOMB_MEGABYTES; i++) {
        zip.write(zeros);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] javaObject() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new HashMap<>(Map.of("weights", new float[] {1, 2})));
    }
    return bytes.toByteArray();
  }

  /** A file with a hole: it takes no room on the disk. */
  private static void lengthen(Path file, long size) throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(size);
    }
  }

  private static List<Tensor> tensors(Path folder) {
    return new ArrayList<>(ModelBundle.load(folder).weights().tensors());
  }

  private static void replaceWeights(Path folder, List<Tensor> tensors) throws IOException {
    Safetensors.write(
        folder.resolve(ModelBundle.WEIGHTS), Weights.of(tensors), Precision.F16, Map.of());
    forge(folder);
  }

  /** Makes the manifest say what the files are. */
  private static void forge(Path folder) throws IOException {
    ModelManifest old = ManifestFile.read(folder.resolve(ManifestFile.NAME));
    ModelManifest forged =
        new ModelManifest(
            old.formatVersion(),
            old.model(),
            digest(folder.resolve(ModelBundle.VOCABULARY)),
            digest(folder.resolve(ModelBundle.WEIGHTS)),
            old.ngrams(),
            old.provenance(),
            old.measures(),
            old.epochs());
    try (OutputStream out = Files.newOutputStream(folder.resolve(ManifestFile.NAME))) {
      out.write(ManifestFile.bytes(forged));
    }
  }

  private static FileDigest digest(Path file) throws IOException {
    return BundleFiles.digest(Files.readAllBytes(file));
  }
}
