package io.sentimentstreams.avro;

import io.apicurio.registry.resolver.ParsedSchema;
import io.apicurio.registry.serde.avro.AvroSchemaParser;
import io.apicurio.registry.serde.avro.DefaultAvroDatumProvider;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Parses contents of a registry, which anybody who may register one can have made. Avro lays the
 * records within a record out one behind the other before it reads a value: a short text with
 * records that have records twice, and so on, would take all memory. Thread-safe.
 */
final class ContentParser extends AvroSchemaParser<GenericRecord> {
  /** Levels of types within types; a type within itself makes none. */
  static final int MAXIMUM_LEVELS = 300;

  /** Types within a type, each as often as it stands there. */
  static final int MAXIMUM_TYPES = 100_000;

  ContentParser() {
    super(new DefaultAvroDatumProvider<>(false));
  }

  /**
   * A content as a schema.
   *
   * @throws UnreadableSchemaException where it is none, or has too many types
   */
  @Override
  public Schema parseSchema(byte[] content, Map<String, ParsedSchema<Schema>> references) {
    try {
      Schema schema = super.parseSchema(content, references);
      Size unused = size(schema, new IdentityHashMap<>());
      return schema;
    } catch (UnreadableSchemaException passed) {
      throw passed;
    } catch (RuntimeException | StackOverflowError noSchema) {
      // Avro has no one exception for texts that are none; and nothing but a text is read here.
      throw new UnreadableSchemaException("no schema of Avro: " + noSchema.getMessage(), noSchema);
    }
  }

  /** Types of a type, and the levels that they stand on; it itself is one. */
  private record Size(long types, int levels) {
    static final Size ONE = new Size(1, 1);

    Size with(Size inner) {
      return new Size(types + inner.types, Math.max(levels, inner.levels + 1)).requireAllowed();
    }

    private Size requireAllowed() {
      if (levels > MAXIMUM_LEVELS) {
        throw new UnreadableSchemaException(
            "a schema of more than %d levels".formatted(MAXIMUM_LEVELS), null);
      }
      if (types > MAXIMUM_TYPES) {
        throw new UnreadableSchemaException(
            "a schema of more than %d types within each other".formatted(MAXIMUM_TYPES), null);
      }
      return this;
    }
  }

  /**
   * A type's size.
   *
   * @param known sizes, of types that this one is within as if they had nothing within
   */
  private static Size size(Schema schema, Map<Schema, Size> known) {
    Size before = known.get(schema);
    if (before != null) {
      return before;
    }
    known.put(schema, Size.ONE);
    Size size = Size.ONE;
    for (Schema inner : within(schema)) {
      size = size.with(size(inner, known));
    }
    known.put(schema, size);
    return size;
  }

  private static List<Schema> within(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> schema.getFields().stream().map(Schema.Field::schema).toList();
      case ARRAY -> List.of(schema.getElementType());
      case MAP -> List.of(schema.getValueType());
      case UNION -> schema.getTypes();
      default -> List.of();
    };
  }
}
