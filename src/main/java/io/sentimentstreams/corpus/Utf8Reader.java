package io.sentimentstreams.corpus;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Characters of a UTF-8 stream. Unlike {@link java.io.InputStreamReader} it names the line of a
 * byte that is not UTF-8, and bounds what is read for one record: an open quote cannot pull the
 * rest of a large file into memory.
 */
final class Utf8Reader extends Reader {
  private static final int BUFFER_SIZE = 1 << 13;

  private final Path path;
  private final InputStream in;
  private final int maximumRecordChars;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_SIZE).limit(0);
  private final CharBuffer chars = CharBuffer.allocate(BUFFER_SIZE).limit(0);
  private boolean ended;
  private long line = 1;
  private long recordChars;

  Utf8Reader(Path path, InputStream in, int maximumRecordChars) {
    this.path = path;
    this.in = in;
    this.maximumRecordChars = maximumRecordChars;
  }

  /** Starts the count of the next record's characters, up to this reader's buffers exact. */
  void startRecord() {
    recordChars = 0;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (!chars.hasRemaining() && !fill()) {
      return -1;
    }
    int count = Math.min(length, chars.remaining());
    chars.get(target, offset, count);
    count(target, offset, count);
    return count;
  }

  private void count(char[] target, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      if (target[i] == '\n') {
        line++;
      }
    }
    recordChars += count;
    if (recordChars > maximumRecordChars) {
      throw new InvalidInputException(
          "data %s: line %d: a row is longer than %d characters: is a quote before it not closed?"
              .formatted(path, line, maximumRecordChars));
    }
  }

  /** Decodes more characters; false at the end. */
  private boolean fill() throws IOException {
    chars.clear();
    while (true) {
      CoderResult result = decoder.decode(bytes, chars, ended);
      if (chars.position() > 0) {
        chars.flip();
        return true;
      }
      if (result.isError()) {
        throw new InvalidInputException(
            "data %s: line %d: is not valid UTF-8: save the file as UTF-8".formatted(path, line));
      }
      if (ended) {
        chars.limit(0);
        return false;
      }
      readBytes();
    }
  }

  private void readBytes() throws IOException {
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    if (count < 0) {
      ended = true;
    } else {
      bytes.position(bytes.position() + count);
    }
    bytes.flip();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
