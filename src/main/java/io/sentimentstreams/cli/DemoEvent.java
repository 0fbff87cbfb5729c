package io.sentimentstreams.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event that the demo sends.
 *
 * @param route the route whose input topic it goes to
 * @param key the record's key
 * @param value the record's value; null for a tombstone
 */
// An array: it goes to Kafka as it is, and nobody compares events.
@SuppressWarnings("ArrayRecordComponent")
record DemoEvent(String route, String key, byte @Nullable [] value) {
  private static final JsonMapper JSON = new JsonMapper();

  /** The JSON event of a text, which stands in the field {@code textField}. */
  static DemoEvent ofText(
      String route, String id, String textField, String text, Map<String, String> others) {
    ObjectNode event = JSON.createObjectNode();
    others.forEach(event::put);
    event.put("id", id).put(textField, text);
    try {
      return new DemoEvent(route, id, JSON.writeValueAsBytes(event));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a text that is no JSON string", e);
    }
  }

  /** A line of the JSON-lines files of samples, sent as it is. */
  static DemoEvent ofJson(String route, String json) throws JsonProcessingException {
    String id = JSON.readTree(json).path("id").asText();
    return new DemoEvent(route, id, json.getBytes(StandardCharsets.UTF_8));
  }
}
