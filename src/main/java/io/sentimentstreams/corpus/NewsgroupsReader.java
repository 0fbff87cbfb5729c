package io.sentimentstreams.corpus;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.corpus.CorpusSource.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * 20 Newsgroups (Lang 1995) in its official layout: {@code 20news-bydate-train/GROUP/ID}, and
 * likewise {@code 20news-bydate-test}, {@code 20_newsgroups} and others; any folders of posts count
 * whose names have a dot, as those of newsgroups have, and whose files are named by numbers alone.
 * The path is such a folder, the folder around it, or the archive of either. Where the folder
 * around the groups has no name that ends in {@code train} or {@code test}, the posts count as the
 * training part.
 *
 * <p>The label is the group; the order is by group, then by number. Posts are read as Windows-1252,
 * which is Latin-1 with characters for controls that no text holds, so that any byte is read.
 */
final class NewsgroupsReader {
  /** Most bytes of a post; the longest of 20 Newsgroups has under 200,000. */
  private static final int MAXIMUM_POST_BYTES = 1 << 20;

  private static final String GROUP = "[A-Za-z0-9+_-]+(?:\\.[A-Za-z0-9+_-]+)+";
  private static final String NUMBER = "[0-9]{1,9}";
  private static final Pattern FILE =
      Pattern.compile(
          "(?:(?:.*/)?(?:[^/]*[-_. ])?(train|test)/|(?:.*/)?)(" + GROUP + ")/(" + NUMBER + ")");

  private final Path path;
  private final Set<PostPart> strip;

  /** Part, then group, then number. */
  private final Map<Part, TreeMap<String, TreeMap<Integer, String>>> parts =
      new EnumMap<>(Part.class);

  NewsgroupsReader(Path path, Set<PostPart> strip) {
    this.path = path;
    this.strip = strip;
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** Adds the posts in a folder of groups, and in the folders of groups that it holds. */
  void addFolders(Path folder) throws IOException {
    Path root = folder.toAbsolutePath().normalize();
    addGroups(root);
    try (DirectoryStream<Path> inner = Files.newDirectoryStream(root, NewsgroupsReader::isOpen)) {
      for (Path child : inner) {
        if (!isGroup(child)) {
          addGroups(child);
        }
      }
    }
  }

  private void addGroups(Path folder) throws IOException {
    try (DirectoryStream<Path> groups =
        Files.newDirectoryStream(folder, child -> isGroup(child) && isOpen(child))) {
      for (Path group : groups) {
        addPosts(group, folder.getFileName() + "/" + group.getFileName() + "/");
      }
    }
  }

  private static boolean isOpen(Path folder) {
    return Files.isDirectory(folder) && Files.isReadable(folder);
  }

  private static boolean isGroup(Path folder) {
    return folder.getFileName().toString().matches(GROUP);
  }

  private void addPosts(Path group, String prefix) throws IOException {
    try (DirectoryStream<Path> posts = Files.newDirectoryStream(group, Files::isRegularFile)) {
      for (Path post : posts) {
        try (InputStream in = Files.newInputStream(post)) {
          add(prefix + post.getFileName(), in);
        }
      }
    }
  }

  /** Adds a post; any other file is not read. */
  void add(String name, InputStream in) throws IOException {
    Matcher file = FILE.matcher(name);
    if (!file.matches()) {
      return;
    }
    byte[] bytes = FolderReader.content(path, name, in, MAXIMUM_POST_BYTES);
    String known =
        parts
            .computeIfAbsent(FolderReader.part(file.group(1)), key -> new TreeMap<>())
            .computeIfAbsent(file.group(2), key -> new TreeMap<>())
            .put(Integer.valueOf(file.group(3)), PostPart.strip(decode(bytes), strip));
    if (known != null) {
      throw new InvalidInputException(
          "data %s: two posts have the number of %s".formatted(path, name));
    }
  }

  private static String decode(byte[] bytes) {
    return Unescape.withoutC1(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  Corpus corpus(@Nullable Part wanted) {
    CorpusBuilder corpus = new CorpusBuilder();
    FolderReader.choose(path, parts, wanted)
        .forEach((group, posts) -> posts.values().forEach(post -> corpus.add(post, group, null)));
    return corpus.build(path);
  }
}
