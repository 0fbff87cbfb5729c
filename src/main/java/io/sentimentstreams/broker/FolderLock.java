package io.sentimentstreams.broker;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second broker, of this or another process, out of a data folder. Kafka has a lock of its
 * own there, but finds it taken only in the middle of its start.
 */
final class FolderLock implements AutoCloseable {
  private static final String FILE = ".in-use.lock";

  /**
   * The folders that this process holds. POSIX frees a process's lock on a file as soon as the
   * process closes any channel on it, so a second try in this process must not even open the file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** Makes the folder where it is missing, and locks it. */
  static FolderLock acquire(Path folder) {
    Path real = make(folder);
    if (!HELD.add(real)) {
      throw inUse(real);
    }
    try {
      return new FolderLock(real, lock(real));
    } catch (RuntimeException | Error failure) {
      HELD.remove(real);
      throw failure;
    }
  }

  private static Path make(Path folder) {
    try {
      return Files.createDirectories(folder).toRealPath();
    } catch (IOException failure) {
      throw unusable(folder, failure);
    }
  }

  private static FileChannel lock(Path folder) {
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        throw inUse(folder);
      }
      return channel;
    } catch (IOException failure) {
      throw unusable(folder, failure);
    }
  }

  private static InvalidInputException inUse(Path folder) {
    return new InvalidInputException(
        "broker data folder %s: another broker uses it; stop that one, or give another folder"
            .formatted(folder));
  }

  private static InvalidInputException unusable(Path folder, IOException failure) {
    return new InvalidInputException(
        "broker data folder %s: cannot be used (%s); give a folder that can be written"
            .formatted(folder, failure),
        failure);
  }

  /** Frees the folder; the lock file stays, so that nobody locks a deleted one. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      HELD.remove(folder);
    }
  }
}
