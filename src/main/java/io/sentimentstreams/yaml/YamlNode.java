package io.sentimentstreams.yaml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.snakeyaml.error.MarkedYAMLException;
import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of a YAML or JSON text and the line that it begins on.
 *
 * @param line from 1, or 0 where it is not known
 * @param value a {@code Map<String, YamlNode>}, a {@code List<YamlNode>}, a text that is not empty,
 *     an integer or another number, a boolean, or null
 */
public record YamlNode(int line, @Nullable Object value) {
  private static final String NUMBER = "[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?";

  private static final YAMLFactory YAML =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * Reads a text of one YAML document.
   *
   * @throws InvalidInputException naming the line that is malformed
   */
  // Jackson's exception is deprecated, but nothing else of Jackson tells where the problem is.
  @SuppressWarnings("deprecation")
  public static YamlNode parse(String text) {
    try (JsonParser parser = YAML.createParser(text)) {
      if (parser.nextToken() == null) {
        return new YamlNode(1, null);
      }
      YamlNode root = read(parser);
      if (parser.nextToken() != null) {
        throw new InvalidInputException(
            "line %d: begins a second document, but one is read"
                .formatted(parser.currentTokenLocation().getLineNr()));
      }
      return root;
    } catch (MarkedYAMLException malformed) {
      throw syntax(malformed);
    } catch (JsonProcessingException malformed) {
      int line = malformed.getLocation() == null ? 0 : malformed.getLocation().getLineNr();
      String reason = malformed.getOriginalMessage().lines().findFirst().orElse("malformed");
      throw new InvalidInputException(at(line) + reason, malformed);
    } catch (IOException e) {
      throw new InvalidInputException("cannot be read: " + e.getMessage(), e);
    }
  }

  /** What the scanner found and where, which is not always where it began to look. */
  @SuppressWarnings("deprecation") // as above
  private static InvalidInputException syntax(MarkedYAMLException malformed) {
    int line = malformed.getProblemMark().getLine() + 1;
    int began =
        malformed.getContextMark() == null ? line : malformed.getContextMark().getLine() + 1;
    return new InvalidInputException(
        "%sis no YAML: %s%s"
            .formatted(
                at(line),
                malformed.getProblem().replace("'\\t(TAB)'", "a tab, where blanks must be"),
                began == line ? "" : ", in what begins in line " + began),
        malformed);
  }

  /**
   * Reads the value that a parser stands at, to its end.
   *
   * @throws IOException where it is malformed
   */
  public static YamlNode read(JsonParser parser) throws IOException {
    int line = Math.max(0, parser.currentTokenLocation().getLineNr());
    JsonToken token = parser.currentToken();
    return new YamlNode(
        line,
        switch (token) {
          case START_OBJECT -> fields(parser);
          case START_ARRAY -> items(parser);
          // What stands for nothing in YAML may come as an empty text.
          case VALUE_STRING -> parser.getText().isEmpty() ? null : parser.getText();
          case VALUE_NUMBER_INT -> parser.getBigIntegerValue();
          case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
          case VALUE_TRUE -> true;
          case VALUE_FALSE -> false;
          default -> null;
        });
  }

  private static Map<String, YamlNode> fields(JsonParser parser) throws IOException {
    Map<String, YamlNode> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, read(parser));
    }
    return fields;
  }

  private static List<YamlNode> items(JsonParser parser) throws IOException {
    List<YamlNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(read(parser));
    }
    return items;
  }

  /** The value that a text stands for on a command line: a number, true or false, or a text. */
  public static YamlNode ofText(String text) {
    return new YamlNode(0, value(text));
  }

  private static @Nullable Object value(String text) {
    if (text.matches("[-+]?[0-9]+")) {
      return new BigInteger(text);
    }
    if (text.matches(NUMBER)) {
      return Double.valueOf(text);
    }
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      case "" -> null;
      default -> text;
    };
  }

  /** An error about this value, with its line. */
  public InvalidInputException error(String problem) {
    return new InvalidInputException(at(line) + problem);
  }

  private static String at(int line) {
    return line > 0 ? "line %d: ".formatted(line) : "";
  }

  /** The value as a message shows it. */
  @Override
  public String toString() {
    if (value instanceof Map) {
      return "a list of fields";
    }
    if (value instanceof List) {
      return "a list";
    }
    return value instanceof String text ? "\"" + text + "\"" : String.valueOf(value);
  }
}
