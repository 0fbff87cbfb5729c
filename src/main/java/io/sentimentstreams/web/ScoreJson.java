package io.sentimentstreams.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.Explanation;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.PredictionJson;
import io.sentimentstreams.web.ScoreAnswer.Scored;
import io.sentimentstreams.web.ScoreAnswer.Unscored;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JSON of {@code POST /score}. */
final class ScoreJson {
  /** Most texts of a request. */
  static final int MAXIMUM_TEXTS = 64;

  private static final Set<String> FIELDS = Set.of("text", "texts", "route", "explain");

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private ScoreJson() {}

  /**
   * A request as it came, with whether it has one text by itself, whose answer is no array.
   *
   * @param single whether the field is {@code text}
   */
  record Read(ScoreRequest request, boolean single) {}

  /**
   * Reads a request.
   *
   * @throws InvalidInputException naming the field that is wrong
   */
  static Read read(byte[] body) {
    JsonNode object = object(body);
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!FIELDS.contains(name)) {
        throw new InvalidInputException(
            "\"%s\": is no field; there are text, texts, route, explain"
                .formatted(name.substring(0, Math.min(name.length(), 100))));
      }
    }
    JsonNode text = object.get("text");
    JsonNode texts = object.get("texts");
    if ((text == null) == (texts == null)) {
      throw new InvalidInputException(
          "\"text\": one of text, a string, and texts, an array of strings, is needed");
    }
    List<String> all = text == null ? array(texts) : List.of(string("text", text));
    return new Read(
        new ScoreRequest(all, route(object.get("route")), explain(object)), text != null);
  }

  private static JsonNode object(byte[] body) {
    try (JsonParser parser = JSON.createParser(body)) {
      JsonNode node = JSON.readTree(parser);
      if (node != null && node.isObject()) {
        if (parser.nextToken() != null) {
          throw new InvalidInputException("the body goes on behind its JSON object");
        }
        return node;
      }
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          "the body is no JSON: " + e.getOriginalMessage().replaceAll("\\s+", " "), e);
    } catch (IOException e) {
      throw new InvalidInputException("the body is no JSON in UTF-8", e);
    }
    throw new InvalidInputException("the body is no JSON object");
  }

  private static List<String> array(@Nullable JsonNode node) {
    if (node == null || !node.isArray() || node.isEmpty() || node.size() > MAXIMUM_TEXTS) {
      throw new InvalidInputException(
          "\"texts\": an array of 1 to %d strings is needed".formatted(MAXIMUM_TEXTS));
    }
    List<String> texts = new ArrayList<>(node.size());
    for (JsonNode text : node) {
      texts.add(string("texts[%d]".formatted(texts.size()), text));
    }
    return texts;
  }

  private static String string(String field, JsonNode node) {
    if (!node.isTextual()) {
      throw new InvalidInputException("\"%s\": a string is needed".formatted(field));
    }
    return node.textValue();
  }

  private static @Nullable String route(@Nullable JsonNode node) {
    return node == null ? null : string("route", node);
  }

  private static boolean explain(JsonNode object) {
    JsonNode node = object.get("explain");
    if (node != null && !node.isBoolean()) {
      throw new InvalidInputException("\"explain\": true or false is needed");
    }
    return node != null && node.booleanValue();
  }

  /**
   * Writes an answer.
   *
   * @param single whether it is of one text by itself: then its fields stand in the object
   */
  static String write(ScoreAnswer answer, boolean single) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("route", answer.route());
      json.writeStringField("model", answer.model());
      json.writeStringField("modelVersion", answer.modelVersion());
      if (single) {
        write(answer.results().get(0), answer.labels(), json);
      } else {
        json.writeArrayFieldStart("results");
        for (ScoreAnswer.Result result : answer.results()) {
          json.writeStartObject();
          write(result, answer.labels(), json);
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new IllegalStateException("writing to memory", impossible);
    }
    return out.toString();
  }

  private static void write(ScoreAnswer.Result result, Labels labels, JsonGenerator json)
      throws IOException {
    if (result instanceof Unscored unscored) {
      json.writeNullField("label");
      json.writeStringField("reason", unscored.reason());
      json.writeStringField("detail", unscored.detail());
      return;
    }
    Scored scored = (Scored) result;
    PredictionJson.write(scored.prediction(), labels, json);
    Explanation explanation = scored.explanation();
    if (explanation != null) {
      PredictionJson.write(explanation, labels, json);
    }
  }

  /** The JSON of a refusal. */
  static String error(String message) {
    try {
      return JSON.writeValueAsString(Map.of("error", message));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("strings always become JSON", impossible);
    }
  }
}
