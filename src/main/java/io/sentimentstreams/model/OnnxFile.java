package io.sentimentstreams.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.protobuf.CodedOutputStream;
import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A bundle as an <a href="https://onnx.ai/onnx/repo-docs/IR.html">ONNX</a> file, for any runtime:
 * the network with its weights as 32-bit floats, calibration and n-grams, from ids to
 * probabilities. Text to token ids remains this project's task; the file's metadata says how, and
 * which vocabulary. The same bundle gives the same bytes.
 *
 * <p>The messages and field numbers are those of <a
 * href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>:
 *
 * <pre>
 * ModelProto              ir_version 1, producer_name 2, doc_string 6, graph 7, opset_import 8, metadata_props 14
 * OperatorSetIdProto      domain 1, version 2
 * StringStringEntryProto  key 1, value 2
 * </pre>
 */
public final class OnnxFile {
  /** How the names of such files end. */
  public static final String ENDING = ".onnx";

  /** The operators' version, see {@link OnnxNetwork#OPERATOR_SET}. */
  public static final int OPERATOR_SET = OnnxNetwork.OPERATOR_SET;

  /** The file format's version that came with these operators. */
  private static final int FORMAT_VERSION = 7;

  /** A protobuf message is smaller than 2 GiB, and so is a Java array. */
  private static final long MAXIMUM_BYTES = Integer.MAX_VALUE - 8;

  private static final int MODEL_FORMAT_VERSION = 1;
  private static final int MODEL_PRODUCER = 2;
  private static final int MODEL_DOC_STRING = 6;
  private static final int MODEL_GRAPH = 7;
  private static final int MODEL_OPERATORS = 8;
  private static final int MODEL_METADATA = 14;
  private static final int OPERATORS_DOMAIN = 1;
  private static final int OPERATORS_VERSION = 2;
  private static final int ENTRY_KEY = 1;
  private static final int ENTRY_VALUE = 2;

  private static final int BUFFER_BYTES = 1 << 18;

  private OnnxFile() {}

  /**
   * Checks that a file can have the name, before a bundle is read.
   *
   * @throws InvalidInputException where it does not end in {@value #ENDING}, which keeps a model's
   *     own files from being overwritten by a slip, or is a folder
   */
  public static void requireName(Path file) {
    if (!file.toString().endsWith(ENDING)) {
      throw new InvalidInputException(
          "%s: is no name for an ONNX file; give one that ends in %s".formatted(file, ENDING));
    }
    if (Files.isDirectory(file)) {
      throw new InvalidInputException("%s: is a folder; give a file's name".formatted(file));
    }
  }

  /**
   * Writes a bundle's file, all of it or nothing: into a hidden sibling {@code .NAME.new} first,
   * which then takes the place of the file that may be there. Folders that are missing are made.
   * One process at a time may write a file.
   *
   * @return the file's bytes
   * @throws InvalidInputException where the file cannot be written or would be 2 GiB or larger
   */
  public static long write(ModelBundle bundle, Path file) {
    requireName(file);
    ProtoMessage model = model(bundle, OnnxNetwork.whole(bundle));
    BundleFiles.replace(file, channel -> write(model, channel));
    return model.size();
  }

  private static void write(ProtoMessage model, FileChannel channel) throws IOException {
    CodedOutputStream out =
        CodedOutputStream.newInstance(Channels.newOutputStream(channel), BUFFER_BYTES);
    model.writeTo(out);
    out.flush();
  }

  /** The bytes of a file of the network alone. */
  static byte[] bytes(ModelBundle bundle) {
    ProtoMessage model = model(bundle, OnnxNetwork.of(bundle));
    byte[] bytes = new byte[(int) model.size()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      model.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to an array that is large enough never fails", e);
    }
    return bytes;
  }

  private static ProtoMessage model(ModelBundle bundle, OnnxGraph graph) {
    ModelManifest manifest = bundle.manifest();
    ModelSpec spec = manifest.model();
    ProtoMessage model =
        new ProtoMessage()
            .add(MODEL_FORMAT_VERSION, FORMAT_VERSION)
            .add(MODEL_PRODUCER, "sentiment-streams")
            .add(MODEL_DOC_STRING, description(bundle))
            .add(MODEL_GRAPH, graph.message())
            .add(MODEL_OPERATORS, operators());
    addMetadata(model, "name", spec.name());
    addMetadata(model, "version", bundle.version());
    addMetadata(model, "network", json(spec.network()));
    addMetadata(model, "labels", json(spec.labels()));
    addMetadata(model, "text", json(spec.text()));
    addMetadata(model, "vocabulary.sha256", manifest.vocabulary().sha256());
    addMetadata(model, "ngrams.sha256", manifest.ngrams().sha256());
    requireSize(spec.name(), model.size());
    return model;
  }

  /** Checks a file's size, which the format limits. */
  static void requireSize(String model, long bytes) {
    if (bytes > MAXIMUM_BYTES) {
      throw new InvalidInputException(
          "model %s: its ONNX file would have %d bytes, but may have %d at most; export a model with a smaller vocabulary or embedding"
              .formatted(model, bytes, MAXIMUM_BYTES));
    }
  }

  private static String description(ModelBundle bundle) {
    return ("Model %s of sentiment-streams, version %s. The ids are those of its vocabulary.txt; how a"
            + " text becomes tokens is in the metadata.")
        .formatted(bundle.name(), bundle.version());
  }

  /** The default domain, whose name is empty. */
  private static ProtoMessage operators() {
    return new ProtoMessage().add(OPERATORS_DOMAIN, "").add(OPERATORS_VERSION, OPERATOR_SET);
  }

  private static void addMetadata(ProtoMessage model, String key, String value) {
    model.add(
        MODEL_METADATA,
        new ProtoMessage().add(ENTRY_KEY, "sentiment-streams." + key).add(ENTRY_VALUE, value));
  }

  private static String json(Object value) {
    try {
      return Json.STRICT.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a part of a manifest that has no JSON form", e);
    }
  }
}
