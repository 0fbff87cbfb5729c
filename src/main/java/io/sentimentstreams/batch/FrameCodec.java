package io.sentimentstreams.batch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wire form of a {@link Frame}, compact and strict.
 *
 * <pre>
 * frame  := 'S' 'F' version(1 byte) topic:string partition:varint rows:varint row*
 * row    := offset:varlong timestamp:zigzag key:bytes value:bytes cut:varint headers:varint header*
 * header := key:string value:bytes
 * string := length:varint UTF-8
 * bytes  := length + 1:varint content, 0 for null
 * </pre>
 *
 * Whole numbers are little-endian base 128 in the fewest bytes. A row's offset is the difference to
 * the row before (the first row's is its own), its timestamp the zigzag difference to the row
 * before. {@code cut} is how many bytes the record's value has behind those that are here. Decoding
 * accepts exactly what encoding writes: there is one wire form of a frame.
 */
public final class FrameCodec {
  static final int VERSION = 2;

  /** The smallest row: one byte each of offset, timestamp, key, value, cut, header count. */
  private static final int SMALLEST_ROW_BYTES = 6;

  /** The smallest header: one byte each of the lengths of its key and value. */
  private static final int SMALLEST_HEADER_BYTES = 2;

  private FrameCodec() {}

  /**
   * Writes a frame.
   *
   * @throws IllegalArgumentException where the frame would be larger than an array can be
   */
  public static byte[] encode(Frame frame) {
    byte[] topic = utf8(frame.topic());
    List<byte[]> headerKeys = headerKeys(frame);
    long size = size(frame, topic, headerKeys);
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "frame: %d bytes, but an array holds fewer; lower batch.maximumBytes".formatted(size));
    }
    FrameOutput out = new FrameOutput((int) size);
    out.raw((byte) 'S');
    out.raw((byte) 'F');
    out.raw((byte) VERSION);
    out.string(topic);
    out.varlong(frame.partition());
    out.varlong(frame.rows().size());
    int header = 0;
    long offset = 0;
    long timestamp = 0;
    for (FrameRow row : frame.rows()) {
      out.varlong(row.offset() - offset);
      out.varlong(zigzag(row.timestamp() - timestamp));
      out.bytes(row.key());
      out.bytes(row.value());
      out.varlong(cut(row));
      out.varlong(row.headers().size());
      for (FrameHeader h : row.headers()) {
        out.string(headerKeys.get(header++));
        out.bytes(h.value());
      }
      offset = row.offset();
      timestamp = row.timestamp();
    }
    return out.finished();
  }

  /**
   * Reads a frame; arrays of the result are copies. No length is trusted before it is compared with
   * the bytes that are left, so memory stays within a small multiple of the input.
   *
   * @throws MalformedFrameException for every input that {@link #encode} cannot have written
   */
  public static Frame decode(byte[] wire) {
    FrameInput in = new FrameInput(wire);
    in.require((byte) 'S', "magic");
    in.require((byte) 'F', "magic");
    in.require((byte) VERSION, "version");
    String topic = in.string("topic");
    int partition = in.varint("partition");
    int count = in.count("rows", SMALLEST_ROW_BYTES);
    if (count == 0) {
      throw in.malformed("rows: none, but a frame holds at least one");
    }
    List<FrameRow> rows = new ArrayList<>(count);
    FrameRow before = null;
    for (int i = 0; i < count; i++) {
      before = row(in, before);
      rows.add(before);
    }
    in.requireEnd();
    return new Frame(topic, partition, rows);
  }

  private static FrameRow row(FrameInput in, @Nullable FrameRow before) {
    long difference = in.varlong("offset");
    long offset = before == null ? difference : before.offset() + difference;
    if (offset < 0 || (before != null && offset <= before.offset())) {
      throw in.malformed("offset: does not ascend");
    }
    long timestamp = unzigzag(in.varlong("timestamp")) + (before == null ? 0 : before.timestamp());
    byte[] key = in.bytes("key");
    byte[] value = in.bytes("value");
    long valueSize = (long) Sizes.of(value) + in.varint("cut");
    if (valueSize > Integer.MAX_VALUE || (value == null && valueSize > 0)) {
      throw in.malformed("cut: not of this value");
    }
    int count = in.count("headers", SMALLEST_HEADER_BYTES);
    List<FrameHeader> headers = count == 0 ? List.of() : new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      headers.add(new FrameHeader(in.string("header key"), in.bytes("header value")));
    }
    return new FrameRow(offset, timestamp, key, value, (int) valueSize, headers);
  }

  private static int cut(FrameRow row) {
    return row.valueSize() - Sizes.of(row.value());
  }

  private static List<byte[]> headerKeys(Frame frame) {
    List<byte[]> keys = new ArrayList<>();
    for (FrameRow row : frame.rows()) {
      for (FrameHeader header : row.headers()) {
        keys.add(utf8(header.key()));
      }
    }
    return keys;
  }

  private static long size(Frame frame, byte[] topic, List<byte[]> headerKeys) {
    long size = 3 + stringSize(topic) + varlongSize(frame.partition());
    size += varlongSize(frame.rows().size());
    long offset = 0;
    long timestamp = 0;
    for (FrameRow row : frame.rows()) {
      size += varlongSize(row.offset() - offset);
      size += varlongSize(zigzag(row.timestamp() - timestamp));
      size += bytesSize(row.key()) + bytesSize(row.value());
      size += varlongSize(cut(row));
      size += varlongSize(row.headers().size());
      for (FrameHeader header : row.headers()) {
        size += bytesSize(header.value());
      }
      offset = row.offset();
      timestamp = row.timestamp();
    }
    for (byte[] key : headerKeys) {
      size += stringSize(key);
    }
    return size;
  }

  private static long stringSize(byte[] utf8) {
    return (long) varlongSize(utf8.length) + utf8.length;
  }

  private static long bytesSize(byte @Nullable [] bytes) {
    return bytes == null ? 1 : (long) varlongSize(bytes.length + 1L) + bytes.length;
  }

  /** Bytes of an unsigned number in base 128. */
  private static int varlongSize(long value) {
    return value == 0 ? 1 : (63 - Long.numberOfLeadingZeros(value)) / 7 + 1;
  }

  private static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  private static long unzigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
