package io.sentimentstreams.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.StringJoiner;

/**
 * A file of settings as flat keys and values: YAML, where {@code batch: {maximumRows: 64}} is
 * {@code batch.maximumRows}, or Java properties, both in UTF-8.
 */
final class SettingsFile {
  private static final ObjectMapper YAML =
      new ObjectMapper(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private SettingsFile() {}

  static Map<String, String> read(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".properties")) {
      return properties(file, text(file));
    }
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      return yaml(file, text(file));
    }
    throw new InvalidInputException(
        "settings file %s: name it .yaml, .yml or .properties".formatted(file));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException missing) {
      throw new InvalidInputException("settings file %s: does not exist".formatted(file), missing);
    } catch (CharacterCodingException notUtf8) {
      throw new InvalidInputException("settings file %s: is not UTF-8".formatted(file), notUtf8);
    } catch (IOException failure) {
      throw new InvalidInputException(
          "settings file %s: cannot be read (%s)".formatted(file, failure.getMessage()), failure);
    }
  }

  private static Map<String, String> properties(Path file, String text) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException malformed) {
      throw new InvalidInputException(
          "settings file %s: %s".formatted(file, malformed.getMessage()), malformed);
    }
    Map<String, String> settings = new LinkedHashMap<>();
    properties.stringPropertyNames().stream()
        .sorted()
        .forEach(key -> settings.put(key, properties.getProperty(key).strip()));
    return settings;
  }

  private static Map<String, String> yaml(Path file, String text) {
    Map<String, String> settings = new LinkedHashMap<>();
    JsonNode root = tree(file, text);
    if (root.isMissingNode() || root.isNull()) {
      return settings;
    }
    if (!root.isObject()) {
      throw new InvalidInputException(
          "settings file %s: holds no \"key: value\" lines".formatted(file));
    }
    flatten(file, "", root, settings);
    return settings;
  }

  private static JsonNode tree(Path file, String text) {
    try {
      return YAML.readTree(text);
    } catch (MismatchedInputException more) {
      throw new InvalidInputException(
          "settings file %s: more than one document; put all settings into one".formatted(file),
          more);
    } catch (JsonProcessingException malformed) {
      int line = malformed.getLocation() == null ? 0 : malformed.getLocation().getLineNr();
      String message = malformed.getOriginalMessage().lines().findFirst().orElse("malformed");
      throw new InvalidInputException(
          "settings file %s: line %d: %s".formatted(file, line, message), malformed);
    }
  }

  private static void flatten(
      Path file, String prefix, JsonNode node, Map<String, String> settings) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String key = prefix + field.getKey();
      JsonNode value = field.getValue();
      if (value.isObject()) {
        flatten(file, key + ".", value, settings);
      } else if (settings.put(key, scalar(file, key, value)) != null) {
        throw new InvalidInputException("settings file %s: %s stands twice".formatted(file, key));
      }
    }
  }

  private static String scalar(Path file, String key, JsonNode value) {
    if (value.isArray()) {
      StringJoiner values = new StringJoiner(",");
      value.forEach(element -> values.add(scalar(file, key, element)));
      return values.toString();
    }
    if (!value.isValueNode() || value.isNull()) {
      throw new InvalidInputException(
          "settings file %s: %s has no value; give one, or leave the line out"
              .formatted(file, key));
    }
    return value.asText().strip();
  }
}
