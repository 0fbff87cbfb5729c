package io.sentimentstreams.avro;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Passes a value on, and makes no room for lengths that the value claims but does not have: {@link
 * BinaryDecoder} would, up to 2 GB. Elements of arrays and maps and fields of records, which may
 * take no byte at all, are limited in number.
 */
final class BoundedDecoder extends Decoder {
  /** Elements of all arrays and maps, and fields of all records, of a value. */
  static final int MAXIMUM_ELEMENTS = 100_000;

  private final BinaryDecoder in;
  private long elements;

  BoundedDecoder(BinaryDecoder in) {
    this.in = in;
  }

  private byte[] bytes() throws IOException {
    long length = in.readLong();
    requireFollows(length);
    byte[] bytes = new byte[(int) length];
    in.readFixed(bytes, 0, bytes.length);
    return bytes;
  }

  /** Checks that there are so many bytes. */
  void requireFollows(long length) throws IOException {
    if (length < 0 || length > in.inputStream().available()) {
      throw new EOFException("%d bytes are said to follow, but do not".formatted(length));
    }
  }

  /** Counts elements, or fields, before they are read. */
  long counted(long more) throws LimitException {
    elements += more;
    if (more < 0 || elements > MAXIMUM_ELEMENTS) {
      throw new LimitException(
          "arrays, maps and records have more than %d elements and fields"
              .formatted(MAXIMUM_ELEMENTS));
    }
    return more;
  }

  @Override
  public Utf8 readString(Utf8 old) throws IOException {
    return new Utf8(bytes());
  }

  @Override
  public String readString() throws IOException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  @Override
  public ByteBuffer readBytes(ByteBuffer old) throws IOException {
    return ByteBuffer.wrap(bytes());
  }

  @Override
  public long readArrayStart() throws IOException {
    return counted(in.readArrayStart());
  }

  @Override
  public long arrayNext() throws IOException {
    return counted(in.arrayNext());
  }

  @Override
  public long readMapStart() throws IOException {
    return counted(in.readMapStart());
  }

  @Override
  public long mapNext() throws IOException {
    return counted(in.mapNext());
  }

  @Override
  public void readNull() throws IOException {
    in.readNull();
  }

  @Override
  public boolean readBoolean() throws IOException {
    return in.readBoolean();
  }

  @Override
  public int readInt() throws IOException {
    return in.readInt();
  }

  @Override
  public long readLong() throws IOException {
    return in.readLong();
  }

  @Override
  public float readFloat() throws IOException {
    return in.readFloat();
  }

  @Override
  public double readDouble() throws IOException {
    return in.readDouble();
  }

  @Override
  public void readFixed(byte[] bytes, int start, int length) throws IOException {
    in.readFixed(bytes, start, length);
  }

  @Override
  public int readEnum() throws IOException {
    return in.readEnum();
  }

  @Override
  public int readIndex() throws IOException {
    return in.readIndex();
  }

  @Override
  public void skipString() throws IOException {
    in.skipString();
  }

  @Override
  public void skipBytes() throws IOException {
    in.skipBytes();
  }

  @Override
  public void skipFixed(int length) throws IOException {
    in.skipFixed(length);
  }

  @Override
  public long skipArray() throws IOException {
    return counted(in.skipArray());
  }

  @Override
  public long skipMap() throws IOException {
    return counted(in.skipMap());
  }
}
