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
  private static final int MAXIMUM_BYTES = 1 << 20;

  private ManifestFile() {}

  /**
   * Reads a manifest. Fields that this version does not know are passed over; another format
   * version is refused before the other fields are looked at.
   *
   * @throws InvalidInputException naming the file and the field
   */
  static ModelManifest read(Path file) {
    byte[] bytes = BundleFiles.read(file, MAXIMUM_BYTES);
    try {
      JsonNode json = Json.STRICT.readTree(bytes);
      requireFormatVersion(json);
      return Json.STRICT.treeToValue(json, ModelManifest.class);
    } catch (InvalidInputException e) {
      throw new InvalidInputException("%s: %s".formatted(file, e.getMessage()), e);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException("%s: %s".formatted(file, Json.reason(e)), e);
    } catch (IOException e) {
      throw BundleFiles.unreadable(file, e);
    }
  }

  private static void requireFormatVersion(JsonNode json) {
    JsonNode version = json.path("formatVersion");
    if (!version.isInt()) {
      throw new InvalidInputException("is no model manifest: formatVersion is missing");
    }
    ModelManifest.requireFormatVersion(version.intValue());
  }

  /** The file's bytes; the same manifest always gives the same ones. */
  static byte[] bytes(ModelManifest manifest) {
    try {
      return (Json.PRETTY.writeValueAsString(manifest) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest that has no JSON form", e);
    }
  }

  /**
   * Digest of all that decides a prediction: network, labels, text settings, vocabulary and
   * weights. Neither name nor provenance nor measures count.
   */
  static String version(ModelManifest manifest) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ModelSpec model = manifest.model();
    json.put("formatVersion", manifest.formatVersion());
    json.set("network", Json.STRICT.valueToTree(model.network()));
    json.set("labels", Json.STRICT.valueToTree(model.labels()));
    json.set("text", Json.STRICT.valueToTree(model.text()));
    json.put("vocabulary", manifest.vocabulary().sha256());
    json.put("weights", manifest.weights().sha256());
    MessageDigest digest = BundleFiles.sha256();
    digest.update(json.toString().getBytes(StandardCharsets.UTF_8));
    return BundleFiles.hex(digest);
  }
}
