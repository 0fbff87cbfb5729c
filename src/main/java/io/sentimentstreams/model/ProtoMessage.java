package io.sentimentstreams.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A message in <a href="https://protobuf.dev/programming-guides/encoding/">protobuf's wire
 * format</a>, to be written: fields by number, in the order in which they were added. A field that
 * is added twice is a repeated one.
 *
 * <p>Float arrays are shared, not copied: nobody may write to them before the message is written.
 */
final class ProtoMessage {
  private final List<Field> fields = new ArrayList<>();

  /** A field's wire form; sizes in bytes, with the tag. */
  private interface Field {
    long size();

    void writeTo(CodedOutputStream out) throws IOException;
  }

  private record Varint(int number, long value) implements Field {
    @Override
    public long size() {
      return CodedOutputStream.computeInt64Size(number, value);
    }

    @Override
    public void writeTo(CodedOutputStream out) throws IOException {
      out.writeInt64(number, value);
    }
  }

  // Arrays: never compared.
  @SuppressWarnings("ArrayRecordComponent")
  private record Bytes(int number, byte[] value) implements Field {
    @Override
    public long size() {
      return delimited(number, value.length);
    }

    @Override
    public void writeTo(CodedOutputStream out) throws IOException {
      out.writeByteArray(number, value);
    }
  }

  /** Bytes that are floats, little-endian. */
  // Arrays: never compared.
  @SuppressWarnings("ArrayRecordComponent")
  private record Floats(int number, float[] values) implements Field {
    @Override
    public long size() {
      return delimited(number, content());
    }

    private long content() {
      return (long) Float.BYTES * values.length;
    }

    @Override
    public void writeTo(CodedOutputStream out) throws IOException {
      out.writeTag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt64NoTag(content());
      for (float value : values) {
        out.writeFloatNoTag(value);
      }
    }
  }

  private record Message(int number, ProtoMessage value) implements Field {
    @Override
    public long size() {
      return delimited(number, value.size());
    }

    @Override
    public void writeTo(CodedOutputStream out) throws IOException {
      out.writeTag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt64NoTag(value.size());
      value.writeTo(out);
    }
  }

  private static long delimited(int number, long content) {
    return CodedOutputStream.computeTagSize(number)
        + CodedOutputStream.computeUInt64SizeNoTag(content)
        + content;
  }

  /** An int32, int64, bool or enum. */
  ProtoMessage add(int number, long value) {
    fields.add(new Varint(number, value));
    return this;
  }

  ProtoMessage add(int number, String value) {
    fields.add(new Bytes(number, value.getBytes(UTF_8)));
    return this;
  }

  ProtoMessage add(int number, byte[] value) {
    fields.add(new Bytes(number, value));
    return this;
  }

  /** A bytes field that holds these numbers, little-endian. */
  ProtoMessage add(int number, float[] values) {
    fields.add(new Floats(number, values));
    return this;
  }

  ProtoMessage add(int number, ProtoMessage value) {
    fields.add(new Message(number, value));
    return this;
  }

  /** Bytes of the whole message. */
  long size() {
    return fields.stream().mapToLong(Field::size).sum();
  }

  /** Writes the fields; the caller flushes. */
  void writeTo(CodedOutputStream out) throws IOException {
    for (Field field : fields) {
      field.writeTo(out);
    }
  }
}
