package io.sentimentstreams.avro;

import io.sentimentstreams.event.RejectionReason;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.ResolvingDecoder;
import org.apache.avro.util.Utf8;

/**
 * Reads one value, of whatever bytes: a schema may nest within itself, so levels are counted, and
 * {@link BoundedDecoder} limits the rest. Not thread-safe; used once.
 */
final class BoundedReader extends GenericDatumReader<Object> {
  private static final GenericData DATA = data();

  private final BoundedDecoder bytes;
  private final int maximumDepth;
  private int depth;

  private BoundedReader(Schema schema, BoundedDecoder bytes, int maximumDepth) {
    super(schema, schema, DATA);
    this.bytes = bytes;
    this.maximumDepth = maximumDepth;
  }

  /** Avro's fast reader does not come by the methods here. */
  private static GenericData data() {
    GenericData data = new GenericData();
    data.setFastReaderEnabled(false);
    return data;
  }

  /**
   * Reads the value from a place to its end.
   *
   * @param maximumDepth levels of records, arrays and maps
   * @throws MalformedValueException where it is no value of the schema, or more than one, or passes
   *     a limit
   */
  static Object read(Schema schema, byte[] value, int start, int maximumDepth)
      throws MalformedValueException {
    BinaryDecoder bytes =
        DecoderFactory.get().binaryDecoder(value, start, value.length - start, null);
    BoundedDecoder bounded = new BoundedDecoder(bytes);
    try {
      Object datum = new BoundedReader(schema, bounded, maximumDepth).read(null, bounded);
      if (bytes.isEnd()) {
        return datum;
      }
    } catch (LimitException passed) {
      throw new MalformedValueException(
          RejectionReason.LIMIT_EXCEEDED, String.valueOf(passed.getMessage()));
    } catch (IOException | RuntimeException malformed) {
      // Avro has no one exception for bytes that are none; and nothing but bytes is read here.
      throw new MalformedValueException(
          "no value of schema %s: %s".formatted(schema.getFullName(), line(malformed)));
    }
    throw new MalformedValueException(
        "something follows the value of schema " + schema.getFullName());
  }

  private static String line(Exception malformed) {
    String message = malformed.getMessage() == null ? "it is cut off" : malformed.getMessage();
    return message.strip().replaceAll("\\s+", " ");
  }

  @Override
  protected Object readWithoutConversion(Object old, Schema expected, ResolvingDecoder in)
      throws IOException {
    boolean nests =
        switch (expected.getType()) {
          case RECORD, ARRAY, MAP -> true;
          default -> false;
        };
    if (!nests) {
      return super.readWithoutConversion(old, expected, in);
    }
    if (++depth > maximumDepth) {
      throw new LimitException("the record is deeper than %d levels".formatted(maximumDepth));
    }
    Object value = super.readWithoutConversion(old, expected, in);
    depth--;
    return value;
  }

  @Override
  protected Object readRecord(Object old, Schema expected, ResolvingDecoder in) throws IOException {
    bytes.counted(expected.getFields().size());
    return super.readRecord(old, expected, in);
  }

  @Override
  protected Object readFixed(Object old, Schema expected, Decoder in) throws IOException {
    bytes.requireFollows(expected.getFixedSize());
    return super.readFixed(old, expected, in);
  }

  /** Whatever class the schema asks for: others than {@link Utf8} hide what is ill-formed. */
  @Override
  protected Object readString(Object old, Schema expected, Decoder in) throws IOException {
    return in.readString(null);
  }
}
