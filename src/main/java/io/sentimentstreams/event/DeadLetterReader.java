package io.sentimentstreams.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.DeadLetter.Content;
import io.sentimentstreams.event.DeadLetter.Header;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads dead letters back. Fields that this version does not know are passed over. */
public final class DeadLetterReader {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private DeadLetterReader() {}

  /**
   * Reads one document.
   *
   * @throws InvalidInputException where it is none; the message names the field
   */
  public static DeadLetter read(byte[] document) {
    JsonNode root = tree(document);
    return new DeadLetter(
        RejectionReason.ofCode(text(root, "reason")),
        text(root, "detail"),
        text(root, "route"),
        source(root),
        content(root, "key"),
        content(root, "value"),
        headers(root),
        root.has("omittedHeaders") ? integer(root, "omittedHeaders") : 0);
  }

  private static EventSource source(JsonNode root) {
    return new EventSource(
        text(root, "topic"),
        integer(root, "partition"),
        number(root, "offset"),
        number(root, "timestamp"));
  }

  private static JsonNode tree(byte[] document) {
    try {
      JsonNode root = MAPPER.readTree(document);
      if (!root.isObject()) {
        throw new InvalidInputException("dead letter: no JSON object");
      }
      return root;
    } catch (IOException e) {
      throw new InvalidInputException("dead letter: invalid JSON", e);
    }
  }

  private static List<Header> headers(JsonNode root) {
    List<Header> headers = new ArrayList<>();
    JsonNode array = field(root, "headers");
    require(array.isArray(), "headers", "an array");
    for (JsonNode header : array) {
      headers.add(new Header(text(header, "key"), content(header, "value")));
    }
    return headers;
  }

  private static @Nullable Content content(JsonNode parent, String name) {
    JsonNode node = field(parent, name);
    if (node.isNull()) {
      return null;
    }
    byte[] bytes =
        node.has("utf8")
            ? text(node, "utf8").getBytes(StandardCharsets.UTF_8)
            : base64(field(node, "base64"));
    int size = integer(node, "size");
    require(size >= bytes.length, "size", "at least the number of bytes");
    return new Content(bytes, size);
  }

  private static byte[] base64(JsonNode node) {
    try {
      byte[] bytes = node.binaryValue();
      if (bytes != null) {
        return bytes;
      }
    } catch (IOException e) {
      throw new InvalidInputException("dead letter: base64 is not decodable", e);
    }
    throw new InvalidInputException("dead letter: base64 is no string");
  }

  private static String text(JsonNode parent, String name) {
    JsonNode node = field(parent, name);
    require(node.isTextual(), name, "a string");
    return node.textValue();
  }

  private static int integer(JsonNode parent, String name) {
    JsonNode node = field(parent, name);
    require(node.canConvertToInt() && node.isIntegralNumber(), name, "a whole number");
    return node.intValue();
  }

  private static long number(JsonNode parent, String name) {
    JsonNode node = field(parent, name);
    require(node.canConvertToLong() && node.isIntegralNumber(), name, "a whole number");
    return node.longValue();
  }

  private static JsonNode field(JsonNode parent, String name) {
    JsonNode node = parent.get(name);
    if (node == null) {
      throw new InvalidInputException("dead letter: field \"%s\" is missing".formatted(name));
    }
    return node;
  }

  private static void require(boolean condition, String name, String needed) {
    if (!condition) {
      throw new InvalidInputException(
          "dead letter: field \"%s\" is not %s".formatted(name, needed));
    }
  }
}
