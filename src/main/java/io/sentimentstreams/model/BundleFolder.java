package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a bundle's folder as a whole.
 *
 * <p>The new files are written and flushed to a hidden sibling {@code .NAME.new}; then the folder
 * is renamed to {@code .NAME.old}, the new one to its name, and the old one deleted. POSIX cannot
 * exchange two folders in one step, so a process that is killed between the two renames leaves no
 * folder of the name: readers then take {@code .NAME.old}, which is complete, and the next save
 * puts it back first. A {@code .NAME.new} that was left over is ignored by readers and deleted by
 * the next save.
 */
final class BundleFolder {
  private static final Logger LOG = LoggerFactory.getLogger(BundleFolder.class);
  private static final Set<String> FILES =
      Set.of(
          ManifestFile.NAME,
          BundleFiles.unfinished(ManifestFile.NAME),
          ModelBundle.VOCABULARY,
          ModelBundle.NGRAMS,
          ModelBundle.WEIGHTS,
          ModelBundle.CARD,
          ModelBundle.REPORT,
          BundleFiles.unfinished(ModelBundle.REPORT));

  private BundleFolder() {}

  /** Writes a bundle's files into an empty folder. */
  @FunctionalInterface
  interface Writer {
    void write(Path folder) throws IOException;
  }

  /**
   * Where a bundle is to be read from: its folder, or what an interrupted save put aside.
   *
   * @throws InvalidInputException where there is neither
   */
  static Path readable(Path folder) {
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Path aside = sibling(folder, ".old");
    if (!Files.exists(folder) && Files.isDirectory(aside)) {
      LOG.warn(
          "model {}: saving it was interrupted; the former one is read from {}", folder, aside);
      return aside;
    }
    throw new InvalidInputException(
        "model %s: %s"
            .formatted(
                folder.toAbsolutePath(), Files.exists(folder) ? "is no folder" : "does not exist"));
  }

  /**
   * Checks that a folder, and what an interrupted save left beside it, can be replaced without
   * losing anything but a bundle.
   *
   * @throws InvalidInputException where it cannot
   */
  static void requireReplaceable(Path folder) {
    try {
      requireOnlyBundleFiles(folder);
      if (Files.exists(folder) && !Files.isDirectory(folder)) {
        throw new InvalidInputException(
            "model %s: is a file, but must be a folder".formatted(folder));
      }
      Path parent = absolute(folder).getParent();
      if (parent == null) {
        throw new InvalidInputException("model %s: cannot be the root folder".formatted(folder));
      }
      requireOnlyBundleFiles(sibling(folder, ".new"));
      requireOnlyBundleFiles(sibling(folder, ".old"));
      Files.createDirectories(parent);
      if (!Files.isWritable(parent)) {
        throw new InvalidInputException("model %s: %s is read-only".formatted(folder, parent));
      }
    } catch (IOException e) {
      throw BundleFiles.unwritable(folder, e);
    }
  }

  private static void requireOnlyBundleFiles(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    for (Path file : list(folder)) {
      String name = String.valueOf(file.getFileName());
      if (!FILES.contains(name) || !Files.isRegularFile(file)) {
        throw new InvalidInputException(
            "model %s: holds %s, which is no file of a model; choose another folder or move it away"
                .formatted(folder, name));
      }
    }
  }

  /** Writes a new folder in place of the one that may be there. */
  static void replace(Path folder, Writer writer) {
    Path fresh = sibling(folder, ".new");
    Path aside = sibling(folder, ".old");
    try {
      requireReplaceable(folder);
      if (!Files.exists(folder) && Files.isDirectory(aside)) {
        move(aside, absolute(folder));
      }
      delete(fresh);
      delete(aside);
      Files.createDirectory(fresh);
      writer.write(fresh);
      flushFolder(fresh);
      exchange(absolute(folder), fresh, aside);
      delete(aside);
    } catch (IOException e) {
      throw BundleFiles.unwritable(folder, e);
    }
  }

  private static void exchange(Path folder, Path fresh, Path aside) throws IOException {
    boolean replaces = Files.exists(folder);
    if (replaces) {
      move(folder, aside);
    }
    try {
      move(fresh, folder);
    } catch (IOException e) {
      if (replaces) {
        move(aside, folder);
      }
      throw e;
    }
    flushFolder(parent(folder));
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Deletes a folder of files, if there is one. */
  private static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    for (Path file : list(folder)) {
      Files.delete(file);
    }
    Files.delete(folder);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** Makes renames in a folder durable; systems that cannot open folders do so by themselves. */
  static void flushFolder(Path folder) throws IOException {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Path sibling(Path folder, String ending) {
    Path absolute = absolute(folder);
    return absolute.resolveSibling("." + absolute.getFileName() + ending);
  }

  private static Path parent(Path folder) {
    Path parent = folder.getParent();
    return parent == null ? folder : parent;
  }

  /** The folder itself rather than a link to it, so that a link stays one. */
  private static Path absolute(Path folder) {
    try {
      return Files.exists(folder) ? folder.toRealPath() : folder.toAbsolutePath().normalize();
    } catch (IOException e) {
      throw BundleFiles.unreadable(folder, e);
    }
  }
}
