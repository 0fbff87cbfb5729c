package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Reading and checking the files of a bundle. */
final class BundleFiles {
  private static final int BUFFER_BYTES = 1 << 18;

  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

  private BundleFiles() {}

  /**
   * Opens a regular file, or a link to one; never a device, a pipe or a folder.
   *
   * @param maximumBytes size beyond which the file is refused
   */
  static FileChannel open(Path file, long maximumBytes) {
    if (!Files.exists(file)) {
      throw new InvalidInputException("%s: is missing".formatted(file));
    }
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException("%s: is not a regular file".formatted(file));
    }
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      if (channel.size() > maximumBytes) {
        channel.close();
        throw new InvalidInputException(
            "%s: is larger than %d bytes, the most that is read".formatted(file, maximumBytes));
      }
      return channel;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Reads a whole small file as bytes. */
  static byte[] read(Path file, int maximumBytes) {
    try (FileChannel channel = open(file, maximumBytes)) {
      ByteBuffer buffer = ByteBuffer.allocate((int) channel.size());
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
      return buffer.array();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Size and digest of an open file, whose position is left as it was.
   *
   * @throws IOException where it cannot be read
   */
  static FileDigest digest(FileChannel channel) throws IOException {
    MessageDigest digest = sha256();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    long position = 0;
    for (int read = channel.read(buffer, 0); read >= 0; read = channel.read(buffer, position)) {
      position += read;
      digest.update(buffer.flip());
      buffer.clear();
    }
    return new FileDigest(position, hex(digest));
  }

  /** Size and digest of a file's bytes. */
  static FileDigest digest(byte[] bytes) {
    MessageDigest digest = sha256();
    digest.update(bytes);
    return new FileDigest(bytes.length, hex(digest));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** What writes a file's content. */
  @FunctionalInterface
  interface Content {
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * Writes a file, all of it or nothing: into a hidden sibling {@code .NAME.new} first, which then
   * takes the place of the file that may be there. Folders that are missing are made. One process
   * at a time may write a file.
   *
   * @throws InvalidInputException where it cannot be written
   */
  static void replace(Path file, Content content) {
    try {
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath().normalize();
      Path folder = target.getParent();
      if (folder == null) {
        throw new IOException("it has no folder");
      }
      if (Files.exists(folder) && !Files.isDirectory(folder)) {
        throw new IOException(folder + " is no folder");
      }
      Files.createDirectories(folder);
      exchange(
          target, target.resolveSibling(unfinished(String.valueOf(target.getFileName()))), content);
      BundleFolder.flushFolder(folder);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /** The name of what a process that was killed leaves beside a file that it was to replace. */
  static String unfinished(String name) {
    return "." + name + ".new";
  }

  private static void exchange(Path file, Path fresh, Content content) throws IOException {
    try {
      overwrite(fresh, content);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      try {
        Files.deleteIfExists(fresh);
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /** Writes a file, in place of one that may be there, and flushes it to the disk. */
  static void overwrite(Path file, Content content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      content.writeTo(channel);
      channel.force(true);
    }
  }

  /** Writes a small new file and flushes it to the disk. */
  static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      writeAll(channel, bytes);
      channel.force(true);
    }
  }

  static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /**
   * What a file's content is refused with: one line, whatever names the content brings into it.
   *
   * @param what a file, or what else the message begins with
   * @param refusal says what is wrong
   */
  static InvalidInputException refused(Object what, String refusal, Exception cause) {
    return new InvalidInputException(
        "%s: %s".formatted(what, CONTROLS.matcher(refusal).replaceAll("\ufffd")), cause);
  }

  static InvalidInputException unreadable(Path file, IOException cause) {
    return new InvalidInputException(
        "%s: cannot be read: %s".formatted(file, reason(cause)), cause);
  }

  static InvalidInputException unwritable(Path file, IOException cause) {
    return new InvalidInputException(
        "%s: cannot be written: %s".formatted(file, reason(cause)), cause);
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return String.valueOf(e.getMessage());
  }
}
