package io.sentimentstreams.avro;

import io.sentimentstreams.batch.FrameRow;
import io.sentimentstreams.event.EventParser;
import io.sentimentstreams.event.FieldRules;
import io.sentimentstreams.event.JsonPath;
import io.sentimentstreams.event.ParsedEvent;
import io.sentimentstreams.event.Rejected;
import io.sentimentstreams.event.RejectionReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Finds the text, the id and the group in a value that is a record of whatever schema the registry
 * has under the value's id. Strings and symbols of enums count as strings. Thread-safe.
 */
final class AvroEventReader {
  private final RegistrySchemas schemas;
  private final Framing framing;
  private final FieldRules rules;
  private final JsonPath textPath;
  private final @Nullable JsonPath idPath;
  private final @Nullable JsonPath groupPath;
  private final int maximumDepth;

  AvroEventReader(AvroRoute route, RegistrySchemas schemas, Framing framing) {
    this.schemas = schemas;
    this.framing = framing;
    this.textPath = JsonPath.compile("textPointer", route.textPointer());
    this.idPath = path("idPointer", route.idPointer());
    String groups = route.groupPointer();
    this.groupPath = groups == null ? null : JsonPath.compileToMany("trends", groups);
    this.rules = new FieldRules(textPath, route.maximumTextBytes());
    this.maximumDepth = route.maximumDepth();
  }

  private static @Nullable JsonPath path(String field, @Nullable String pointer) {
    return pointer == null ? null : JsonPath.compile(field, pointer);
  }

  /** As {@link io.sentimentstreams.event.EventCodec#read}. */
  ParsedEvent read(FrameRow row) {
    byte[] value = row.value();
    if (value == null) {
      return new Rejected(RejectionReason.TOMBSTONE, "the value is null");
    }
    try {
      Framing.Framed framed = framing.read(row, value);
      Schema schema = schemas.find(framed.schema());
      Object datum = BoundedReader.read(schema, value, framed.start(), maximumDepth);
      return datum instanceof GenericRecord record
          ? rules.event(found(record))
          : new Rejected(
              RejectionReason.NOT_AN_OBJECT, "the value is " + kind(Optional.ofNullable(datum)));
    } catch (MalformedValueException malformed) {
      return malformed.rejected();
    } catch (UnknownSchemaException unknown) {
      return new Rejected(RejectionReason.UNKNOWN_SCHEMA, String.valueOf(unknown.getMessage()));
    }
  }

  private FieldRules.Found found(GenericRecord record) throws MalformedValueException {
    Optional<Object> text = at(textPath, record);
    boolean exists = text.isPresent() || leadsToNull(textPath, record);
    return new FieldRules.Found(
        name(at(idPath, record)), string(text), exists ? kind(text) : null, groups(record));
  }

  private List<String> groups(GenericRecord record) throws MalformedValueException {
    Set<String> groups = new LinkedHashSet<>();
    if (groupPath != null) {
      addGroups(groupPath, record, 0, groups);
    }
    return List.copyOf(groups);
  }

  /** Adds what the path leads to from a segment on, and the elements of an array at its end. */
  private static void addGroups(JsonPath path, Object here, int segment, Set<String> groups)
      throws MalformedValueException {
    boolean atEnd = segment == path.length();
    if (here instanceof List<?> list && (atEnd || path.index(segment) == JsonPath.EACH)) {
      for (Object element : list) {
        if (element != null && !(atEnd && element instanceof List)) {
          addGroups(path, element, atEnd ? segment : segment + 1, groups);
        }
      }
    } else if (atEnd) {
      addGroup(name(Optional.of(here)), groups);
    } else {
      Optional<Object> next = below(here, path.name(segment), path.index(segment));
      if (next.isPresent()) {
        addGroups(path, next.get(), segment + 1, groups);
      }
    }
  }

  private static void addGroup(@Nullable String group, Set<String> groups) {
    if (group != null
        && !group.isEmpty()
        && group.length() <= EventParser.MAXIMUM_GROUP_LENGTH
        && groups.size() < EventParser.MAXIMUM_GROUPS) {
      groups.add(group);
    }
  }

  /** What a path leads to; empty where that is nothing, or null. */
  private static Optional<Object> at(@Nullable JsonPath path, GenericRecord record) {
    if (path == null) {
      return Optional.empty();
    }
    Optional<Object> here = Optional.of(record);
    for (int segment = 0; segment < path.length() && here.isPresent(); segment++) {
      here = below(here.get(), path.name(segment), path.index(segment));
    }
    return here;
  }

  private static Optional<Object> below(Object parent, String name, int index) {
    if (parent instanceof IndexedRecord record) {
      Schema.Field field = record.getSchema().getField(name);
      return Optional.ofNullable(field == null ? null : record.get(field.pos()));
    }
    if (parent instanceof Map<?, ?> map) {
      Object value = map.get(new Utf8(name));
      return Optional.ofNullable(value == null ? map.get(name) : value);
    }
    return parent instanceof List<?> list && index >= 0 && index < list.size()
        ? Optional.ofNullable(list.get(index))
        : Optional.empty();
  }

  /** Whether the path ends at a field that there is, though it is null. */
  private static boolean leadsToNull(JsonPath path, GenericRecord record) {
    Optional<Object> here = Optional.of(record);
    int last = path.length() - 1;
    for (int segment = 0; segment < last && here.isPresent(); segment++) {
      here = below(here.get(), path.name(segment), path.index(segment));
    }
    if (here.isEmpty()) {
      return false;
    }
    Object parent = here.get();
    if (parent instanceof IndexedRecord inner) {
      return inner.getSchema().getField(path.name(last)) != null;
    }
    if (parent instanceof Map<?, ?> map) {
      return map.containsKey(new Utf8(path.name(last))) || map.containsKey(path.name(last));
    }
    return parent instanceof List<?> list
        && path.index(last) >= 0
        && path.index(last) < list.size();
  }

  /** A string, or a number as it would be written. */
  private static @Nullable String name(Optional<Object> found) throws MalformedValueException {
    return found.isPresent() && found.get() instanceof Number number
        ? number.toString()
        : string(found);
  }

  private static @Nullable String string(Optional<Object> found) throws MalformedValueException {
    Object value = found.orElse(null);
    if (value instanceof Utf8 utf8) {
      return decoded(utf8);
    }
    return value instanceof CharSequence || value instanceof GenericEnumSymbol
        ? value.toString()
        : null;
  }

  /** Avro itself would replace what is ill-formed. */
  private static String decoded(Utf8 utf8) throws MalformedValueException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(utf8.getBytes(), 0, utf8.getByteLength()))
          .toString();
    } catch (CharacterCodingException illFormed) {
      throw new MalformedValueException(
          RejectionReason.INVALID_UTF8, "a string is no well-formed UTF-8");
    }
  }

  private static String kind(Optional<Object> found) {
    Object value = found.orElse(null);
    if (value == null) {
      return "null";
    }
    if (value instanceof CharSequence || value instanceof GenericEnumSymbol) {
      return "a string";
    }
    if (value instanceof Number) {
      return "a number";
    }
    if (value instanceof Boolean) {
      return "true or false";
    }
    if (value instanceof List) {
      return "an array";
    }
    return value instanceof IndexedRecord || value instanceof Map ? "an object" : "bytes";
  }
}
