package io.sentimentstreams.avro;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Avro schemas in {@code topics/schemas} beside the JSON Schemas of the same values. */
final class AvroSchemasTest {
  private static final Path SCHEMAS = Path.of("topics", "schemas");

  /** Types of Avro for each type of JSON; a time is text in JSON. */
  private static final Map<String, Set<Schema.Type>> TYPES =
      Map.of(
          "string", Set.of(Schema.Type.STRING),
          "number", Set.of(Schema.Type.FLOAT, Schema.Type.DOUBLE, Schema.Type.LONG),
          "integer", Set.of(Schema.Type.INT, Schema.Type.LONG),
          "object", Set.of(Schema.Type.RECORD, Schema.Type.MAP),
          "array", Set.of(Schema.Type.ARRAY));

  @ParameterizedTest
  @ValueSource(strings = {"labelled-event", "input-event"})
  void schemas_inAvroAndJson_haveTheSameFields(String name) throws IOException {
    assertSame(
        RegistryRoutes.schema(name),
        new ObjectMapper().readTree(SCHEMAS.resolve(name + ".schema.json").toFile()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"labelled-event", "input-event"})
  void schema_builtIn_isTheOneThatShips(String name) throws IOException {
    assertThat(new Schema.Parser().parse(SCHEMAS.resolve(name + ".avsc").toFile()))
        .isEqualTo(RegistryRoutes.schema(name));
  }

  @Test
  void optionalFields_ofALabelledEvent_haveNullForADefault() {
    for (Schema.Field field : RegistryRoutes.schema("labelled-event").getFields()) {
      assertThat(field.hasDefaultValue()).as(field.name()).isEqualTo(field.schema().isNullable());
    }
  }

  private static void assertSame(Schema avro, JsonNode json) {
    Map<String, Schema> fields = new TreeMap<>();
    Set<String> required = new TreeSet<>();
    for (Schema.Field field : avro.getFields()) {
      fields.put(field.name(), field.schema());
      if (!field.schema().isNullable()) {
        required.add(field.name());
      }
    }
    JsonNode properties = json.path("properties");
    assertThat(fields.keySet()).isEqualTo(new TreeSet<>(names(properties)));
    assertThat(required).isEqualTo(texts(json.path("required")));
    fields.forEach((name, schema) -> assertSameType(name, schema, properties.path(name)));
  }

  private static void assertSameType(String name, Schema schema, JsonNode json) {
    List<Schema> types =
        schema.isUnion()
            ? schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList()
            : List.of(schema);
    if (json.path("format").asText().equals("date-time")) {
      assertThat(schema.getLogicalType().getName()).as(name).isEqualTo("timestamp-millis");
      return;
    }
    JsonNode type = json.path("type");
    Set<Schema.Type> allowed = new HashSet<>();
    (type.isArray() ? texts(type) : Set.of(type.textValue()))
        .forEach(each -> allowed.addAll(TYPES.getOrDefault(each, Set.of())));
    assertThat(types).as(name).isNotEmpty().allMatch(each -> allowed.contains(each.getType()));
    if (types.get(0).getType() == Schema.Type.ARRAY) {
      assertSame(types.get(0).getElementType(), json.path("items"));
    }
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new TreeSet<>();
    array.forEach(each -> texts.add(each.textValue()));
    return texts;
  }
}
