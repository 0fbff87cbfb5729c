package io.sentimentstreams.corpus;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.corpus.CorpusSource.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Large Movie Review Dataset (Maas et al. 2011) in its official layout: {@code
 * aclImdb/{train,test}/{pos,neg}/ID_RATING.txt}, and line i, from 0, of {@code urls_pos.txt} and
 * {@code urls_neg.txt} beside them names the film of the reviews {@code pos/i_*.txt} and {@code
 * neg/i_*.txt}. The path is the folder {@code aclImdb}, one of its parts, or the archive of either;
 * {@code pos} and {@code neg} in a folder of another name count as the training part.
 *
 * <p>Breaks in HTML become line ends. Labels are {@code positive} and {@code negative}, the group
 * is the film, the order is by review id, negative before positive. The training part is read where
 * the source names none and both are there. Without the files of urls the reviews have no group,
 * with a warning.
 */
final class ImdbReader {
  /** Most bytes of a review; the longest real one has under 14,000. */
  private static final int MAXIMUM_REVIEW_BYTES = 1 << 20;

  /** Most bytes of a file of urls; the real ones have 600,000. */
  private static final int MAXIMUM_URLS_BYTES = 1 << 25;

  /** A file's path from the folder that is given, or in the archive. */
  private static final Pattern FILE =
      Pattern.compile(
          "(?:(?:.*/)?(train|test)/|(?:.*/)?)"
              + "(?:(pos|neg)/([0-9]{1,9})_[0-9]{1,2}\\.txt|urls_(pos|neg)\\.txt)");

  private final Path path;
  private final Map<Part, ImdbPart> parts = new EnumMap<>(Part.class);

  ImdbReader(Path path) {
    this.path = path;
  }

  /** Whether no review was added. */
  boolean isEmpty() {
    return parts.values().stream().noneMatch(ImdbPart::hasReviews);
  }

  /** Adds the files of a folder in the official layout. */
  void addFolders(Path folder) throws IOException {
    Path inner = folder.resolve("aclImdb");
    Path root = (Files.isDirectory(inner) ? inner : folder).toAbsolutePath().normalize();
    if (Files.isDirectory(root.resolve("pos")) || Files.isDirectory(root.resolve("neg"))) {
      addPart(root, root.getFileName() + "/");
      return;
    }
    for (Part part : Part.values()) {
      String name = part.name().toLowerCase(Locale.ROOT);
      addPart(root.resolve(name), name + "/");
    }
  }

  private void addPart(Path folder, String name) throws IOException {
    addFiles(folder, name);
    addFiles(folder.resolve("pos"), name + "pos/");
    addFiles(folder.resolve("neg"), name + "neg/");
  }

  private void addFiles(Path folder, String prefix) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.txt")) {
      for (Path file : files) {
        try (InputStream in = Files.newInputStream(file)) {
          add(prefix + file.getFileName(), in);
        }
      }
    }
  }

  /** Adds a review or a file of urls; any other file is not read. */
  void add(String name, InputStream in) throws IOException {
    Matcher file = FILE.matcher(name);
    if (!file.matches()) {
      return;
    }
    ImdbPart part =
        parts.computeIfAbsent(FolderReader.part(file.group(1)), key -> new ImdbPart(path));
    if (file.group(2) == null) {
      part.addFilms(file.group(4), content(name, in, MAXIMUM_URLS_BYTES));
    } else {
      String review = content(name, in, MAXIMUM_REVIEW_BYTES);
      part.addReview(file.group(2), Integer.parseInt(file.group(3)), review);
    }
  }

  private String content(String name, InputStream in, int maximumBytes) throws IOException {
    byte[] bytes = FolderReader.content(path, name, in, maximumBytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidInputException("data %s: %s is not valid UTF-8".formatted(path, name), e);
    }
  }

  Corpus corpus(@Nullable Part wanted) {
    parts.values().removeIf(part -> !part.hasReviews());
    return FolderReader.choose(path, parts, wanted).corpus();
  }
}
