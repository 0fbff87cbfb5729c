package io.sentimentstreams.corpus;

import io.sentimentstreams.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a file as bytes. A line ends at a line feed, a carriage return before it aside; nothing
 * else ends a line (U+0085 and U+2028 occur inside texts).
 */
final class LineReader implements Closeable {
  private static final int BUFFER_BYTES = 1 << 14;

  private final DataFile file;
  private final int maximumLineBytes;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private int position;
  private int limit;
  private long line;

  LineReader(DataFile file, int maximumLineBytes) {
    this.file = file;
    this.maximumLineBytes = maximumLineBytes;
  }

  /** The number, from 1, of the line that {@link #next} gave last. */
  long line() {
    return line;
  }

  /** The next line without its end, null after the last. */
  byte @Nullable [] next() {
    line++;
    boolean any = false;
    while (position < limit || fill()) {
      any = true;
      int end = lineFeed();
      append(end);
      position = Math.min(end + 1, limit);
      if (end < limit) {
        return take();
      }
    }
    return any ? take() : null;
  }

  /** Index of the next line feed in the buffer, or its limit. */
  private int lineFeed() {
    int index = position;
    while (index < limit && buffer[index] != '\n') {
      index++;
    }
    return index;
  }

  private void append(int end) {
    pending.write(buffer, position, end - position);
    if (pending.size() > maximumLineBytes) {
      throw new InvalidInputException(
          "%s: line %d: is longer than %d bytes".formatted(file.title(), line, maximumLineBytes));
    }
  }

  private byte[] take() {
    byte[] bytes = pending.toByteArray();
    pending.reset();
    if (bytes.length > 0 && bytes[bytes.length - 1] == '\r') {
      return Arrays.copyOf(bytes, bytes.length - 1);
    }
    return bytes;
  }

  private boolean fill() {
    try {
      position = 0;
      limit = Math.max(0, file.stream().read(buffer));
      return limit > 0;
    } catch (IOException e) {
      throw file.failure(e);
    }
  }

  /** The text of the line that {@link #next} gave last. */
  String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(
          "%s: line %d: is not valid UTF-8: save the file as UTF-8".formatted(file.title(), line),
          e);
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
