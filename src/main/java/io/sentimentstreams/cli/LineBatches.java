package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream in batches: as many as have come, up to a limit, so that a person who types
 * has an answer to each line and a file goes through in full batches.
 *
 * <p>A line ends with a line feed, or one after a carriage return; other characters that some
 * programs take for a line end (U+0085, U+2028) belong to the text.
 */
final class LineBatches implements AutoCloseable {
  /** Longer lines are refused, so that a file without line ends cannot fill the memory. */
  static final int MAXIMUM_LINE_BYTES = 16 << 20;

  private final InputStream in;
  private final int maximumRows;
  private final BlockingQueue<Item> queue;
  private final Thread reader;

  /** What the reader found: a line, the end, or why it could not go on. */
  private sealed interface Item {}

  // An array: the line's bytes as they came; nobody compares lines.
  @SuppressWarnings("ArrayRecordComponent")
  private record Line(byte[] bytes) implements Item {}

  private record End(@Nullable RuntimeException failure) implements Item {}

  /**
   * @param in the caller closes it
   * @param maximumRows most lines of a batch
   */
  LineBatches(InputStream in, int maximumRows) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.maximumRows = maximumRows;
    this.queue = new ArrayBlockingQueue<>(2 * maximumRows);
    this.reader = new Thread(this::read, "line-reader");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * The next lines without their ends, at least one; empty at the end. Waits for the first only.
   */
  List<byte[]> next() throws InterruptedException {
    List<byte[]> lines = new ArrayList<>();
    while (lines.size() < maximumRows) {
      Item item = lines.isEmpty() ? queue.take() : queue.peek();
      if (item == null) {
        break;
      }
      if (item instanceof End end) {
        if (lines.isEmpty()) {
          finish(end);
        }
        break;
      }
      if (!lines.isEmpty()) {
        queue.remove();
      }
      lines.add(((Line) item).bytes());
    }
    return lines;
  }

  /** Whether nothing more has come yet, so that what is done should be shown. */
  boolean paused() {
    return queue.isEmpty();
  }

  @Override
  public void close() {
    reader.interrupt();
  }

  private void finish(End end) {
    queue.add(end);
    if (end.failure() != null) {
      throw end.failure();
    }
  }

  private void read() {
    try {
      queue.put(new End(readLines()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Null at the end of the stream, or what ended the reading. */
  private @Nullable RuntimeException readLines() throws InterruptedException {
    try {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b == '\n') {
          queue.put(new Line(bytes(line)));
          line.reset();
        } else if (line.size() == MAXIMUM_LINE_BYTES) {
          return new InvalidInputException(
              "a line is longer than %d bytes: give one text a line".formatted(line.size()));
        } else {
          line.write(b);
        }
      }
      if (line.size() > 0) {
        queue.put(new Line(bytes(line)));
      }
      return null;
    } catch (IOException e) {
      return new UncheckedIOException("cannot read the input: " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(ByteArrayOutputStream line) {
    byte[] bytes = line.toByteArray();
    int last = bytes.length - 1;
    return last >= 0 && bytes[last] == '\r' ? Arrays.copyOf(bytes, last) : bytes;
  }
}
