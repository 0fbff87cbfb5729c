package io.sentimentstreams.avro;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Avro of the values that a test has, and back. */
final class AvroData {
  private int records;

  private AvroData() {}

  /** A record of a schema that has just these fields. */
  static GenericRecord record(Map<String, ?> fields) {
    AvroData data = new AvroData();
    return data.record(data.schema(fields), fields);
  }

  private Schema schema(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      List<Schema.Field> fields = new ArrayList<>();
      new TreeMap<>(map)
          .forEach((name, field) -> fields.add(new Schema.Field((String) name, schema(field))));
      return Schema.createRecord("R" + records++, null, "test", false, fields);
    }
    if (value instanceof List<?> list) {
      return Schema.createArray(schema(list.get(0)));
    }
    return Schema.create(
        value == null
            ? Schema.Type.NULL
            : value instanceof Long
                ? Schema.Type.LONG
                : value instanceof Boolean ? Schema.Type.BOOLEAN : Schema.Type.STRING);
  }

  private GenericRecord record(Schema schema, Map<?, ?> fields) {
    GenericRecord record = new GenericData.Record(schema);
    fields.forEach(
        (name, field) ->
            record.put((String) name, datum(schema.getField((String) name).schema(), field)));
    return record;
  }

  private @Nullable Object datum(Schema schema, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return record(schema, map);
    }
    if (value instanceof List<?> list) {
      return new GenericData.Array<>(
          schema, list.stream().map(each -> datum(schema.getElementType(), each)).toList());
    }
    return value;
  }

  /** The fields of a record that are not null; records and maps as maps, strings as strings. */
  static Map<String, Object> fields(GenericRecord record) {
    Map<String, Object> fields = new HashMap<>();
    for (Schema.Field field : record.getSchema().getFields()) {
      Object value = record.get(field.pos());
      if (value != null) {
        fields.put(field.name(), plain(value));
      }
    }
    return fields;
  }

  private static Object plain(Object value) {
    if (value instanceof GenericRecord record) {
      return fields(record);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> plain = new HashMap<>();
      map.forEach((key, each) -> plain.put(key.toString(), plain(each)));
      return plain;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(AvroData::plain).toList();
    }
    // As it is printed: 0.91, not the nearest double to the nearest float.
    return value instanceof Float number
        ? Double.parseDouble(number.toString())
        : value instanceof CharSequence ? value.toString() : value;
  }
}
