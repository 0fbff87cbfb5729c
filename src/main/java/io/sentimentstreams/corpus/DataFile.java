package io.sentimentstreams.corpus;

import io.sentimentstreams.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file of the user's, unpacked where it is gzip by its first bytes, without a byte order mark.
 */
final class DataFile implements Closeable {
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final byte[] TAR = "ustar".getBytes(StandardCharsets.US_ASCII);
  private static final int TAR_MAGIC_OFFSET = 257;
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path path;
  private final String title;
  private final BufferedInputStream in;

  private DataFile(Path path, String title, BufferedInputStream in) {
    this.path = path;
    this.title = title;
    this.in = in;
  }

  /** Opens a file of labelled or unlabelled texts. */
  static DataFile open(Path path) {
    return open(path, "data");
  }

  /**
   * Opens a file.
   *
   * @param kind what it holds, for messages
   */
  static DataFile open(Path path, String kind) {
    String title = kind + " " + path;
    if (!Files.exists(path)) {
      throw new InvalidInputException("%s: no such file or folder".formatted(title));
    }
    if (Files.isDirectory(path)) {
      throw new InvalidInputException("%s: is a folder, but must be a file".formatted(title));
    }
    if (!Files.isReadable(path)) {
      throw new InvalidInputException("%s: no permission to read it".formatted(title));
    }
    try {
      return new DataFile(path, title, unpacked(path));
    } catch (IOException e) {
      throw failure(title, e);
    }
  }

  private static BufferedInputStream unpacked(Path path) throws IOException {
    InputStream file = Files.newInputStream(path);
    try {
      BufferedInputStream in = new BufferedInputStream(file, BUFFER_BYTES);
      if (startsWith(in, GZIP)) {
        in = new BufferedInputStream(new GZIPInputStream(in, BUFFER_BYTES), BUFFER_BYTES);
      }
      if (startsWith(in, BYTE_ORDER_MARK)) {
        in.skipNBytes(BYTE_ORDER_MARK.length);
      }
      return in;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static boolean startsWith(BufferedInputStream in, byte[] magic) throws IOException {
    return Arrays.equals(peek(in, magic.length), magic);
  }

  private static byte[] peek(BufferedInputStream in, int bytes) throws IOException {
    in.mark(bytes);
    byte[] start = in.readNBytes(bytes);
    in.reset();
    return start;
  }

  /** The file as the user named it. */
  Path path() {
    return path;
  }

  /** The file for messages, such as {@code data reviews.csv}. */
  String title() {
    return title;
  }

  InputStream stream() {
    return in;
  }

  /** What stands after the last dot of the name, {@code .gz} aside, in lower case. */
  String extension() {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".gz")) {
      name = name.substring(0, name.length() - ".gz".length());
    }
    return name.substring(name.lastIndexOf('.') + 1);
  }

  boolean isTar() {
    byte[] start = peek(TAR_MAGIC_OFFSET + TAR.length);
    return start.length == TAR_MAGIC_OFFSET + TAR.length
        && Arrays.equals(start, TAR_MAGIC_OFFSET, start.length, TAR, 0, TAR.length);
  }

  /** The first line that is not blank, or as much of it as is near, byte for byte as Latin-1. */
  String firstLine() {
    String start = new String(peek(BUFFER_BYTES), StandardCharsets.ISO_8859_1);
    return start.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
  }

  /** The first bytes, at most so many, which stay to be read. */
  private byte[] peek(int bytes) {
    try {
      return peek(in, bytes);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The exception for a failed read: the user's where the file is damaged. */
  RuntimeException failure(IOException e) {
    return failure(title, e);
  }

  static RuntimeException failure(Path path, IOException e) {
    return failure("data " + path, e);
  }

  private static RuntimeException failure(String title, IOException e) {
    if (e instanceof ZipException || e instanceof EOFException) {
      return damaged(title, e);
    }
    return new UncheckedIOException("%s: cannot be read".formatted(title), e);
  }

  static InvalidInputException damaged(Path path, IOException e) {
    return damaged("data " + path, e);
  }

  private static InvalidInputException damaged(String title, IOException e) {
    return new InvalidInputException(
        "%s: is a damaged archive (%s): fetch it again".formatted(title, e.getMessage()), e);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException("%s: cannot be closed".formatted(title), e);
    }
  }
}
