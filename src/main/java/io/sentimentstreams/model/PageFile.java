package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** HTML pages as files. */
public final class PageFile {
  /** How the names of such files end. */
  public static final String ENDING = ".html";

  private PageFile() {}

  /**
   * Checks that a file can have the name, before a page is made.
   *
   * @throws InvalidInputException where it does not end in {@value #ENDING}, which keeps other
   *     files from being overwritten by a slip, or is a folder
   */
  public static void requireName(Path file) {
    if (!file.toString().endsWith(ENDING)) {
      throw new InvalidInputException(
          "%s: is no name for a page; give one that ends in %s".formatted(file, ENDING));
    }
    if (Files.isDirectory(file)) {
      throw new InvalidInputException("%s: is a folder; give a file's name".formatted(file));
    }
  }

  /**
   * Writes a page, all of it or nothing, in place of a file that may be there.
   *
   * @throws InvalidInputException where it cannot be written
   */
  public static void write(Path file, String page) {
    requireName(file);
    byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
    BundleFiles.replace(file, channel -> BundleFiles.writeAll(channel, bytes));
  }
}
