package io.sentimentstreams.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SchemasTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "input-event",
        "labelled-event",
        "dead-letter",
        "replay",
        "model-control",
        "disagreement",
        "input-event-headers",
        "labelled-event-headers",
        "dead-letter-headers",
        "disagreement-headers",
        "event-key",
        "replay-key",
        "model-control-key",
        "group-key",
        "trend",
        "alert"
      })
  void schema_ofEachKind_isAJsonSchemaWhoseExamplesHold(String name) throws IOException {
    JsonNode source = JSON.readTree(Schemas.source(name));
    JsonSchema metaSchema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(SchemaLocation.of(source.path("$schema").textValue()));

    assertThat(metaSchema.validate(source)).isEmpty();
    assertThat(source.path("$id").textValue())
        .isEqualTo("urn:sentiment-streams:schema:" + name + ":1");
    assertThat(source.path("examples")).hasSizeGreaterThan(1);
    for (JsonNode example : source.path("examples")) {
      Schemas.assertValid(Schemas.read(name), JSON.writeValueAsBytes(example));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"text\":7}",
        "{\"text\":\"\"}",
        "{\"text\":\"a\",\"id\":[]}",
      })
  void inputSchema_ofABadEvent_reports(String event) {
    assertThat(Schemas.read("input-event").validate(event, InputFormat.JSON)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          replay-key              | "sentiment.dead-letters:2:17"
          replay-key              | null
          model-control-key       | "instance/"
          model-control-key       | "Tweets"
          event-key               | 7
          input-event-headers     | {"sentiment.replay.count":"0"}
          labelled-event-headers  | {"sentiment.source.topic":"t","sentiment.source.partition":"0"}
          dead-letter-headers     | {"sentiment.dead-letter.reason":"empty-text"}
          disagreement-headers    | {"sentiment.source.topic":"t","sentiment.source.partition":"x","sentiment.source.offset":"1"}
          """)
  void schema_ofAWrongKeyOrHeaders_reports(String name, String json) {
    assertThat(Schemas.read(name).validate(json, InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void inputSchema_examples_areEventsToTheParser() throws IOException {
    EventParser parser =
        new EventParser(
            EventFormat.JSON,
            EventParser.DEFAULT_TEXT_POINTER,
            EventParser.DEFAULT_ID_POINTER,
            EventParser.DEFAULT_MAXIMUM_TEXT_BYTES);

    for (JsonNode example : JSON.readTree(Schemas.source("input-event")).path("examples")) {
      assertThat(parser.parse(example.toString().getBytes(UTF_8))).isInstanceOf(TextEvent.class);
    }
  }

  @Test
  void deadLetterSchemas_reasons_areThoseOfTheCode() throws IOException {
    List<String> codes =
        Arrays.stream(RejectionReason.values()).map(RejectionReason::code).toList();

    assertThat(reasons("dead-letter", "reason")).isEqualTo(codes);
    assertThat(reasons("dead-letter-headers", RecordHeaders.DEAD_LETTER_REASON)).isEqualTo(codes);
  }

  private static List<String> reasons(String schema, String property) throws IOException {
    List<String> reasons = new ArrayList<>();
    JSON.readTree(Schemas.source(schema))
        .path("properties")
        .path(property)
        .path("enum")
        .forEach(reason -> reasons.add(reason.textValue()));
    return reasons;
  }

  @Test
  void deadLetterSchema_examples_areReadBack() throws IOException {
    JsonNode examples = JSON.readTree(Schemas.source("dead-letter")).path("examples");

    DeadLetter first = DeadLetterReader.read(JSON.writeValueAsBytes(examples.get(0)));
    DeadLetter second = DeadLetterReader.read(JSON.writeValueAsBytes(examples.get(1)));

    assertThat(first.headers())
        .containsExactly(
            DeadLetter.Header.of("trace", new byte[] {0, 1, 2}),
            DeadLetter.Header.of("empty", null));
    assertThat(second.value()).isNotNull().matches(DeadLetter.Content::truncated);
    assertThat(second.omittedHeaders()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"size\":1}",
        "{\"utf8\":\"a\",\"base64\":\"YQ==\",\"size\":1}",
        "{\"utf8\":\"a\"}",
        "\"a\""
      })
  void deadLetterSchema_ofBytesInAnotherForm_reports(String bytes) {
    String letter =
        """
        {"reason":"empty-text","detail":"","route":"r","topic":"t","partition":0,"offset":0,
         "timestamp":0,"key":null,"value":%s,"headers":[]}
        """;
    JsonSchema schema = Schemas.read("dead-letter");

    assertThat(schema.validate(letter.formatted(bytes), InputFormat.JSON)).isNotEmpty();
    assertThat(schema.validate(letter.formatted("null"), InputFormat.JSON)).isEmpty();
  }
}
