package io.sentimentstreams.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;

/** The JSON form of a {@link ModelManifest}. */
final class ManifestFile {
  static final String NAME = "manifest.json";
  private static final String EPOCHS = "epochs";
  private static final String REFERENCE = "reference";
  private static final int MAXIMUM_BYTES = 1 << 20;

  /** The first format whose models are calibrated. */
  private static final int CALIBRATED = 3;

  private static final String CALIBRATION = "calibration";
  private static final String NGRAMS = "ngrams";

  private ManifestFile() {}

  /**
   * Reads a manifest. Fields that this version does not know are passed over; another format
   * version is refused before the other fields are looked at.
   *
   * @throws InvalidInputException naming the file and the field
   */
  static ModelManifest read(Path file) {
    return parse(file, BundleFiles.read(file, MAXIMUM_BYTES));
  }

  /**
   * Reads what {@link #read} reads, from memory.
   *
   * @param file that the bytes are of, for messages
   */
  static ModelManifest parse(Path file, byte[] bytes) {
    try {
      JsonNode json = Json.STRICT.readTree(bytes);
      requireFormatVersion(json);
      if (json.path("formatVersion").intValue() == FormatOne.NUMBER) {
        FormatOne.upgrade(json);
      }
      addOptional(json);
      if (json.path("formatVersion").intValue() < CALIBRATED) {
        addCalibration(json);
      }
      return Json.STRICT.treeToValue(json, ModelManifest.class);
    } catch (InvalidInputException e) {
      throw BundleFiles.refused(file, String.valueOf(e.getMessage()), e);
    } catch (JsonProcessingException e) {
      throw BundleFiles.refused(file, Json.reason(e), e);
    } catch (IOException e) {
      throw BundleFiles.unreadable(file, e);
    }
  }

  /** Bundles of some versions tell neither the epochs of their training nor of its texts. */
  private static void addOptional(JsonNode json) {
    if (json instanceof ObjectNode manifest) {
      if (!manifest.has(EPOCHS)) {
        manifest.putArray(EPOCHS);
      }
      if (!manifest.has(REFERENCE)) {
        manifest.set(REFERENCE, Json.STRICT.valueToTree(Reference.NONE));
      }
    }
  }

  /** Writes a manifest in place of the one that a bundle has, all of it or nothing. */
  static void replace(Path file, ModelManifest manifest) {
    byte[] bytes = bytes(manifest);
    BundleFiles.replace(file, channel -> BundleFiles.writeAll(channel, bytes));
  }

  private static void requireFormatVersion(JsonNode json) {
    JsonNode version = json.path("formatVersion");
    if (!version.isInt()) {
      throw new InvalidInputException("is no model manifest: formatVersion is missing");
    }
    ModelManifest.requireFormatVersion(version.intValue());
  }

  /** Gives an older manifest what its model does without. */
  private static void addCalibration(JsonNode manifest) {
    if (manifest instanceof ObjectNode fields
        && manifest.path("model") instanceof ObjectNode model) {
      model.set(CALIBRATION, Json.STRICT.valueToTree(Calibration.NONE));
      fields.set(NGRAMS, Json.STRICT.valueToTree(FileDigest.NONE));
    }
  }

  /** The file's bytes; the same manifest always gives the same ones. */
  static byte[] bytes(ModelManifest manifest) {
    ObjectNode json = Json.STRICT.valueToTree(manifest);
    json.set("model", model(manifest));
    if (manifest.epochs().isEmpty()) {
      json.remove(EPOCHS);
    }
    if (manifest.reference().isNone()) {
      json.remove(REFERENCE);
    }
    if (manifest.formatVersion() < CALIBRATED) {
      json.remove(NGRAMS);
    }
    try {
      return (Json.PRETTY.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest that has no JSON form", e);
    }
  }

  /**
   * Digest of all that decides a prediction: network, labels, text settings, vocabulary, weights,
   * calibration and n-grams. Neither name nor provenance nor measures count.
   */
  static String version(ModelManifest manifest) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode model = model(manifest);
    json.put("formatVersion", manifest.formatVersion());
    json.set("network", model.get("network"));
    json.set("labels", model.get("labels"));
    json.set("text", model.get("text"));
    json.put("vocabulary", manifest.vocabulary().sha256());
    json.put("weights", manifest.weights().sha256());
    if (manifest.formatVersion() >= CALIBRATED) {
      json.set(CALIBRATION, model.get(CALIBRATION));
      json.put(NGRAMS, manifest.ngrams().sha256());
    }
    MessageDigest digest = BundleFiles.sha256();
    digest.update(json.toString().getBytes(StandardCharsets.UTF_8));
    return BundleFiles.hex(digest);
  }

  /** The model in the fields of the manifest's format. */
  private static ObjectNode model(ModelManifest manifest) {
    ObjectNode model = Json.STRICT.valueToTree(manifest.model());
    if (manifest.formatVersion() == FormatOne.NUMBER) {
      FormatOne.downgrade(model, manifest.model());
    }
    if (manifest.formatVersion() < CALIBRATED) {
      model.remove(CALIBRATION);
    }
    return model;
  }
}
