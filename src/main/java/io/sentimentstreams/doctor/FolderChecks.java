package io.sentimentstreams.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Folders that are written to, and the port that is listened on. */
final class FolderChecks {
  /** Below, what is unpacked or kept may not find room. */
  private static final long ENOUGH_BYTES = 512L << 20;

  /** Below, it finds none. */
  private static final long LEAST_BYTES = 64L << 20;

  private FolderChecks() {}

  /**
   * Whether files can be made in a folder, or in the nearest one above it where it is missing.
   *
   * @param name what the folder is for
   * @param remedy how to choose another one
   */
  static Finding folder(String name, Path folder, String remedy) {
    String what = "disk " + name;
    Path there = existing(folder.toAbsolutePath().normalize());
    if (there == null || !Files.isDirectory(there)) {
      return Finding.fail(what, "%s is no folder and cannot be made".formatted(folder), remedy);
    }
    try {
      Files.delete(Files.createTempFile(there, "sentiment-doctor", ".tmp"));
      return room(what, folder, Files.getFileStore(there).getUsableSpace(), remedy);
    } catch (IOException failure) {
      return Finding.fail(what, "%s is not writable (%s)".formatted(folder, failure), remedy);
    }
  }

  static Finding room(String what, Path folder, long freeBytes, String remedy) {
    String detail = "%s: writable, %,d MiB free".formatted(folder, freeBytes >> 20);
    if (freeBytes < LEAST_BYTES) {
      return Finding.fail(what, detail, "make room, or " + remedy);
    }
    return freeBytes < ENOUGH_BYTES
        ? Finding.warn(what, detail, "make room, or " + remedy)
        : Finding.ok(what, detail);
  }

  private static @Nullable Path existing(Path folder) {
    Path there = folder;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    return there;
  }

  /** Whether the port of metrics and health is free; 0 always is. */
  static Finding port(String host, int port) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      return Finding.fail(
          "http",
          "host %s is unknown".formatted(host),
          "name an address of this machine: http.host");
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(address);
      return Finding.ok("http", "%s:%d is free".formatted(host, port));
    } catch (IOException taken) {
      return Finding.warn(
          "http",
          "%s:%d cannot be listened on (%s)".formatted(host, port, taken.getMessage()),
          "where it is not this application that runs already, set http.port to another one, or 0");
    }
  }
}
