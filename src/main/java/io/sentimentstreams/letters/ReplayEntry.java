package io.sentimentstreams.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a letter was replayed: a record of the ledger. Its form is that of {@code
 * topics/schemas/replay.schema.json}.
 *
 * @param letterTopic the dead-letter topic
 * @param letterTopicId Kafka's id of it: a topic made anew under the same name has another, and its
 *     letters are others
 * @param letter where the letter is there
 * @param to the topic that its event was sent to
 * @param count how often the event was replayed, this time included
 * @param replayedAt when
 */
record ReplayEntry(
    String letterTopic,
    String letterTopicId,
    LetterId letter,
    String to,
    int count,
    Instant replayedAt) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The record's key, {@code sentiment.dead-letters:2:17>tweets}: one entry a letter and target. No
   * topic's name has a colon or an angle bracket.
   */
  byte[] key() {
    return "%s:%s>%s".formatted(letterTopic, letter, to).getBytes(UTF_8);
  }

  /** The record's value. */
  byte[] value() {
    ObjectNode root = JSON.createObjectNode();
    root.putObject("letter")
        .put("topic", letterTopic)
        .put("topicId", letterTopicId)
        .put("partition", letter.partition())
        .put("offset", letter.offset());
    root.put("to", to).put("count", count).put("replayedAt", replayedAt.toString());
    try {
      return JSON.writeValueAsBytes(root);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree always becomes JSON", impossible);
    }
  }

  /** The entry of a value, null where it is none: a deleted entry, or something else. */
  static @Nullable ReplayEntry ofNullable(byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    try {
      JsonNode root = JSON.readTree(value);
      JsonNode letter = root.path("letter");
      JsonNode offset = letter.path("offset");
      if (!offset.canConvertToLong() || !letter.path("partition").canConvertToInt()) {
        return null;
      }
      return new ReplayEntry(
          letter.path("topic").asText(),
          letter.path("topicId").asText(),
          new LetterId(letter.path("partition").intValue(), offset.longValue()),
          root.path("to").asText(),
          root.path("count").asInt(),
          Instant.parse(root.path("replayedAt").asText()));
    } catch (IOException | DateTimeException notOurs) {
      return null;
    }
  }
}
