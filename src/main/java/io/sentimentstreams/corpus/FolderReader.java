package io.sentimentstreams.corpus;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.corpus.CorpusSource.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Data sets of a file a text, in a folder or a tar archive: IMDB or, if not that, newsgroups. */
final class FolderReader {
  private final CorpusSource source;
  private final ImdbReader reviews;
  private final NewsgroupsReader posts;

  private FolderReader(CorpusSource source) {
    this.source = source;
    reviews = new ImdbReader(source.path());
    posts = new NewsgroupsReader(source.path(), source.strip());
  }

  static Corpus readFolder(CorpusSource source) {
    FolderReader reader = new FolderReader(source);
    try {
      reader.reviews.addFolders(source.path());
      if (reader.reviews.isEmpty()) {
        reader.posts.addFolders(source.path());
      }
    } catch (IOException e) {
      throw DataFile.failure(source.path(), e);
    }
    return reader.corpus();
  }

  static Corpus readTar(DataFile file, CorpusSource source) {
    FolderReader reader = new FolderReader(source);
    try {
      reader.addTar(file.stream());
    } catch (IOException e) {
      throw DataFile.damaged(file.path(), e);
    }
    return reader.corpus();
  }

  private void addTar(InputStream in) throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(in);
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      if (entry.isFile()) {
        reviews.add(entry.getName(), tar);
        posts.add(entry.getName(), tar);
      }
    }
  }

  private Corpus corpus() {
    source.requireNoConfidence();
    if (!reviews.isEmpty()) {
      source.requireNothingToStrip();
      return reviews.corpus(source.part());
    }
    if (posts.isEmpty()) {
      throw new InvalidInputException(
          "data %s: holds neither reviews in train/pos, train/neg, test/pos or test/neg nor posts in folders of newsgroups; a folder or tar archive must have the layout of aclImdb or 20news-bydate"
              .formatted(source.path()));
    }
    return posts.corpus(source.part());
  }

  /** The part that a folder's name is of; training where it says nothing. */
  static Part part(@Nullable String folder) {
    return "test".equals(folder) ? Part.TEST : Part.TRAIN;
  }

  /** The wanted part, or else the first that is there. */
  static <T> T choose(Path path, Map<Part, T> parts, @Nullable Part wanted) {
    T part = parts.get(wanted == null ? parts.keySet().iterator().next() : wanted);
    if (part == null) {
      throw new InvalidInputException(
          "data %s: holds no part %s, only %s"
              .formatted(path, lowerCase(wanted), lowerCase(parts.keySet())));
    }
    return part;
  }

  private static String lowerCase(@Nullable Object value) {
    return String.valueOf(value).toLowerCase(Locale.ROOT);
  }

  /** A file's bytes, which are bounded. */
  static byte[] content(Path path, String name, InputStream in, int maximumBytes)
      throws IOException {
    byte[] bytes = in.readNBytes(maximumBytes + 1);
    if (bytes.length > maximumBytes) {
      throw new InvalidInputException(
          "data %s: %s is longer than %d bytes".formatted(path, name, maximumBytes));
    }
    return bytes;
  }
}
