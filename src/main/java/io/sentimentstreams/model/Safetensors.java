package io.sentimentstreams.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights in the safetensors format: 8 bytes little-endian length of the header, a JSON header that
 * maps names to {@code dtype}, {@code shape} and {@code data_offsets}, then the numbers,
 * little-endian, row by row, without gaps.
 *
 * <p>Reads F32, F16 and BF16; writes F32 and F16. The reader trusts nothing: a file whose header
 * does not account for each of its bytes exactly once is refused before any array is made.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public final class Safetensors {
  private static final int LENGTH_BYTES = 8;
  private static final int MAXIMUM_HEADER_BYTES = 1 << 20;
  private static final int BUFFER_BYTES = 1 << 18;
  private static final String METADATA = "__metadata__";

  private Safetensors() {}

  /**
   * Reads a file.
   *
   * @return the tensors in the order of their data
   * @throws InvalidInputException where the file cannot be read, is not in the format or holds a
   *     number that is not finite; names the file and the tensor
   */
  public static Weights read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(channel, file).weights();
    } catch (IOException e) {
      throw BundleFiles.unreadable(file, e);
    }
  }

  /**
   * Reads the strings that a file has beside its tensors.
   *
   * @throws InvalidInputException where the file cannot be read or is not in the format
   */
  public static Map<String, String> metadata(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      JsonNode header = header(channel, headerBytes(channel, channel.size()));
      Map<String, String> strings = new LinkedHashMap<>();
      if (header.has(METADATA)) {
        requireStrings(header.path(METADATA));
        header
            .path(METADATA)
            .properties()
            .forEach(e -> strings.put(e.getKey(), e.getValue().textValue()));
      }
      return strings;
    } catch (InvalidInputException e) {
      throw BundleFiles.refused(file, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw BundleFiles.unreadable(file, e);
    }
  }

  /**
   * Writes a file of 32 bits in place of the one that may be there, at once: whoever reads it finds
   * the former or the new one, after a kill or a loss of power too.
   *
   * @throws InvalidInputException where it cannot be written
   */
  public static void replace(Path file, Weights weights, Map<String, String> metadata) {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    write(fresh, weights, Precision.F32, metadata);
    try {
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        BundleFolder.flushFolder(folder);
      }
    } catch (IOException e) {
      throw BundleFiles.unwritable(file, e);
    }
  }

  /** Reads an open file from its start. */
  static Content read(FileChannel channel, Path file) throws IOException {
    try {
      long size = channel.size();
      int headerBytes = headerBytes(channel, size);
      long dataStart = LENGTH_BYTES + (long) headerBytes;
      List<Entry> entries = entries(header(channel, headerBytes));
      requireContiguous(entries, size - dataStart);
      List<Tensor> tensors = new ArrayList<>();
      for (Entry entry : entries) {
        tensors.add(readTensor(channel, dataStart, entry));
      }
      return new Content(Weights.of(tensors), precision(entries));
    } catch (InvalidInputException e) {
      throw BundleFiles.refused(file, String.valueOf(e.getMessage()), e);
    }
  }

  /** The least precision that holds the numbers exactly, of those that can be written. */
  private static Precision precision(List<Entry> entries) {
    return entries.stream().allMatch(entry -> entry.type == ElementType.F16)
        ? Precision.F16
        : Precision.F32;
  }

  private static int headerBytes(FileChannel channel, long size) throws IOException {
    if (size < LENGTH_BYTES) {
      throw new InvalidInputException(
          "has %d bytes, too few for a safetensors file".formatted(size));
    }
    ByteBuffer buffer = littleEndian(LENGTH_BYTES);
    readFully(channel, buffer, 0);
    long length = buffer.getLong(0);
    if (length < 2 || length > MAXIMUM_HEADER_BYTES) {
      throw new InvalidInputException(
          "its header says that it is %s bytes long, but must be from 2 to %d"
              .formatted(Long.toUnsignedString(length), MAXIMUM_HEADER_BYTES));
    }
    if (length > size - LENGTH_BYTES) {
      throw new InvalidInputException(
          "ends within its header of %d bytes: the file is incomplete".formatted(length));
    }
    return (int) length;
  }

  private static JsonNode header(FileChannel channel, int headerBytes) throws IOException {
    ByteBuffer buffer = littleEndian(headerBytes);
    readFully(channel, buffer, LENGTH_BYTES);
    try {
      String json = StandardCharsets.UTF_8.newDecoder().decode(buffer.flip()).toString();
      if (!json.startsWith("{")) {
        throw new InvalidInputException("its header does not start with '{'");
      }
      return Json.STRICT.readTree(json);
    } catch (CharacterCodingException e) {
      throw new InvalidInputException("its header is not UTF-8", e);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException("its header is not JSON: " + Json.reason(e), e);
    }
  }

  private static List<Entry> entries(JsonNode header) {
    List<Entry> entries = new ArrayList<>();
    header
        .properties()
        .forEach(
            field -> {
              if (field.getKey().equals(METADATA)) {
                requireStrings(field.getValue());
              } else {
                entries.add(Entry.parse(field.getKey(), field.getValue()));
              }
            });
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    return entries;
  }

  private static void requireStrings(JsonNode metadata) {
    if (!metadata.isObject()
        || metadata.properties().stream().anyMatch(field -> !field.getValue().isTextual())) {
      throw new InvalidInputException(METADATA + " is not a map of strings");
    }
  }

  private static void requireContiguous(List<Entry> entries, long dataBytes) {
    long expected = 0;
    for (Entry entry : entries) {
      if (entry.begin != expected) {
        throw new InvalidInputException(
            "tensor %s: data starts at %d, but the data before it ends at %d"
                .formatted(entry.name, entry.begin, expected));
      }
      if (entry.end > dataBytes) {
        throw new InvalidInputException(
            "tensor %s: data ends at %d, but the file has only %d bytes of data"
                .formatted(entry.name, entry.end, dataBytes));
      }
      expected = entry.end;
    }
    if (expected != dataBytes) {
      throw new InvalidInputException(
          "has %d bytes of data, but its tensors only %d".formatted(dataBytes, expected));
    }
  }

  private static Tensor readTensor(FileChannel channel, long dataStart, Entry entry)
      throws IOException {
    float[] values = new float[Tensor.elements(entry.name, entry.shape)];
    int elementBytes = entry.type.bytes;
    ByteBuffer buffer = littleEndian((int) Math.min(BUFFER_BYTES, entry.end - entry.begin));
    long position = dataStart + entry.begin;
    for (int done = 0; done < values.length; ) {
      int count = Math.min(buffer.capacity() / elementBytes, values.length - done);
      buffer.clear().limit(count * elementBytes);
      readFully(channel, buffer, position);
      entry.type.decode(buffer.flip(), values, done, count);
      done += count;
      position += (long) count * elementBytes;
    }
    return new Tensor(entry.name, entry.shape, values);
  }

  /**
   * Writes a file and flushes it to the disk. An existing file is overwritten; a caller that needs
   * this to be atomic writes to another name and renames.
   *
   * @param metadata strings for other readers; this one ignores them
   * @throws InvalidInputException where the file cannot be written, or a value is larger than the
   *     precision can hold
   */
  public static void write(
      Path file, Weights weights, Precision precision, Map<String, String> metadata) {
    try {
      BundleFiles.overwrite(file, channel -> write(channel, weights, precision, metadata));
    } catch (IOException e) {
      throw BundleFiles.unwritable(file, e);
    }
  }

  /** Writes what a file would hold. */
  static void write(
      WritableByteChannel channel,
      Weights weights,
      Precision precision,
      Map<String, String> metadata)
      throws IOException {
    ElementType type =
        switch (precision) {
          case F32 -> ElementType.F32;
          case F16 -> ElementType.F16;
        };
    writeFully(channel, header(weights, type, metadata));
    ByteBuffer buffer = littleEndian(BUFFER_BYTES);
    for (Tensor tensor : weights.tensors()) {
      int count;
      for (int done = 0; done < tensor.values().length; done += count) {
        count = Math.min(BUFFER_BYTES / type.bytes, tensor.values().length - done);
        buffer.clear();
        type.encode(tensor, done, count, buffer);
        writeFully(channel, buffer.flip());
      }
    }
  }

  /** Length and header; padded with spaces so that the data starts at a multiple of 8. */
  private static ByteBuffer header(Weights weights, ElementType type, Map<String, String> metadata)
      throws IOException {
    ObjectNode header = JsonNodeFactory.instance.objectNode();
    if (!metadata.isEmpty()) {
      ObjectNode strings = header.putObject(METADATA);
      metadata.forEach(strings::put);
    }
    long offset = 0;
    for (Tensor tensor : weights.tensors()) {
      ObjectNode entry = header.putObject(tensor.name()).put("dtype", type.name());
      ArrayNode shape = entry.putArray("shape");
      for (int size : tensor.shape()) {
        shape.add(size);
      }
      long end = offset + (long) tensor.values().length * type.bytes;
      entry.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = Json.STRICT.writeValueAsBytes(header);
    int padded = (json.length + 7) / 8 * 8;
    if (padded > MAXIMUM_HEADER_BYTES) {
      throw new InvalidInputException(
          "weights: %d tensors make a header of more than %d bytes"
              .formatted(weights.names().size(), MAXIMUM_HEADER_BYTES));
    }
    ByteBuffer buffer = littleEndian(LENGTH_BYTES + padded).putLong(padded).put(json);
    while (buffer.hasRemaining()) {
      buffer.put((byte) ' ');
    }
    return buffer.flip();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void readFully(FileChannel channel, ByteBuffer buffer, long position)
      throws IOException {
    long next = position;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, next);
      if (read < 0) {
        throw new InvalidInputException("became shorter while it was read");
      }
      next += read;
    }
  }

  private static void writeFully(WritableByteChannel channel, ByteBuffer buffer)
      throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /**
   * What a file holds.
   *
   * @param weights its tensors
   * @param precision in which the same numbers can be written again
   */
  record Content(Weights weights, Precision precision) {}

  /** A tensor's line in the header; offsets are bytes from the start of the data. */
  private static final class Entry {
    private final String name;
    private final ElementType type;
    private final int[] shape;
    private final long begin;
    private final long end;

    private Entry(String name, ElementType type, int[] shape, long begin, long end) {
      this.name = name;
      this.type = type;
      this.shape = shape;
      this.begin = begin;
      this.end = end;
    }

    long begin() {
      return begin;
    }

    long end() {
      return end;
    }

    static Entry parse(String name, JsonNode json) {
      if (json.size() != 3
          || !json.path("dtype").isTextual()
          || !json.path("shape").isArray()
          || json.path("data_offsets").size() != 2) {
        throw new InvalidInputException(
            "tensor %s: its header is not exactly dtype, shape and two data_offsets"
                .formatted(name));
      }
      ElementType type = ElementType.parse(name, json.path("dtype").textValue());
      JsonNode sizes = json.path("shape");
      int[] shape = new int[sizes.size()];
      for (int i = 0; i < shape.length; i++) {
        long size = number(name, sizes.path(i));
        if (size > Integer.MAX_VALUE) {
          throw new InvalidInputException(
              "tensor %s: dimension %d is larger than an array can be".formatted(name, size));
        }
        shape[i] = (int) size;
      }
      long begin = number(name, json.path("data_offsets").path(0));
      long end = number(name, json.path("data_offsets").path(1));
      long bytes = (long) Tensor.elements(name, shape) * type.bytes;
      if (end < begin || end - begin != bytes) {
        throw new InvalidInputException(
            "tensor %s: data_offsets %d to %d, but its shape needs %d bytes"
                .formatted(name, begin, end, bytes));
      }
      return new Entry(name, type, shape, begin, end);
    }

    private static long number(String name, JsonNode json) {
      if (!json.isIntegralNumber() || !json.canConvertToLong() || json.longValue() < 0) {
        throw new InvalidInputException(
            "tensor %s: \"%s\" in its header is no size".formatted(name, json.asText()));
      }
      return json.longValue();
    }
  }

  /** A number's form in the file. */
  private enum ElementType {
    F32(4) {
      @Override
      void decode(ByteBuffer from, float[] to, int offset, int count) {
        from.asFloatBuffer().get(to, offset, count);
      }

      @Override
      void encode(Tensor from, int offset, int count, ByteBuffer to) {
        to.asFloatBuffer().put(from.values(), offset, count);
        to.position(count * Float.BYTES);
      }
    },
    F16(2) {
      @Override
      void decode(ByteBuffer from, float[] to, int offset, int count) {
        for (int i = 0; i < count; i++) {
          to[offset + i] = HalfFloats.toFloat(from.getShort());
        }
      }

      @Override
      void encode(Tensor from, int offset, int count, ByteBuffer to) {
        for (int i = 0; i < count; i++) {
          to.putShort(Weights.half(from, offset + i));
        }
      }
    },
    BF16(2) {
      @Override
      void decode(ByteBuffer from, float[] to, int offset, int count) {
        for (int i = 0; i < count; i++) {
          to[offset + i] = HalfFloats.bfloatToFloat(from.getShort());
        }
      }

      @Override
      void encode(Tensor from, int offset, int count, ByteBuffer to) {
        throw new UnsupportedOperationException("BF16 is only read");
      }
    };

    private final int bytes;

    ElementType(int bytes) {
      this.bytes = bytes;
    }

    abstract void decode(ByteBuffer from, float[] to, int offset, int count);

    abstract void encode(Tensor from, int offset, int count, ByteBuffer to);

    static ElementType parse(String tensor, String dtype) {
      for (ElementType type : values()) {
        if (type.name().equals(dtype)) {
          return type;
        }
      }
      throw new InvalidInputException(
          "tensor %s: dtype is %s, but must be F32, F16 or BF16".formatted(tensor, dtype));
    }
  }
}
