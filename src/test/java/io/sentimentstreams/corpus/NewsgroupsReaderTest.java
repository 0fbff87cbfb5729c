package io.sentimentstreams.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.corpus.CorpusSource.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewsgroupsReaderTest {
  private static final LabelledText[] TRAINING = {
    new LabelledText("Subject: a\n\nNew pads.", "rec.autos", null),
    new LabelledText("Subject: b\n\n> Old?\nNo.", "rec.autos", null),
    new LabelledText("Subject: c\n\nFar out.", "sci.space", null),
  };
  private static final LabelledText TEST =
      new LabelledText("Subject: d\n\nOrbit.", "sci.space", null);

  private final Path folder;

  NewsgroupsReaderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static Map<String, String> posts() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("news-train/sci.space/9", "Subject: c\n\nFar out.");
    files.put("news-train/rec.autos/1000", "Subject: b\n\n> Old?\nNo.");
    files.put("news-train/rec.autos/200", "Subject: a\n\nNew pads.");
    files.put("news-train/rec.autos/index.html", "No post.");
    files.put("news-train/README/1", "Nor this.");
    files.put("news-test/sci.space/10", "Subject: d\n\nOrbit.");
    return files;
  }

  private Path write(Map<String, String> files) throws IOException {
    Path root = folder.resolve("news");
    for (Map.Entry<String, String> file : files.entrySet()) {
      TestFiles.write(root, file.getKey(), file.getValue());
    }
    return root;
  }

  private static Corpus read(Path path, @Nullable Part part, PostPart... strip) {
    return CorpusReader.read(new CorpusSource(path, null, null, null, part, Set.of(strip)));
  }

  @Test
  void read_folder_isTheTrainingPartByGroupAndNumber() throws IOException {
    Path root = write(posts());

    assertThat(read(root, null).texts()).containsExactly(TRAINING);
    assertThat(read(root.resolve("news-train"), null).texts()).containsExactly(TRAINING);
  }

  @Test
  void read_testPart_isReadByOptionOrByPath() throws IOException {
    Path root = write(posts());

    assertThat(read(root, Part.TEST).texts()).containsExactly(TEST);
    assertThat(read(root.resolve("news-test"), null).texts()).containsExactly(TEST);
    assertThatThrownBy(() -> read(root.resolve("news-test"), Part.TRAIN))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("no part train", "only [test]");
  }

  @Test
  void read_foldersWithoutPart_areTheTrainingPart() throws IOException {
    Path root = write(Map.of("20_newsgroups/sci.space/10", "Subject: d\n\nOrbit."));

    assertThat(read(root, Part.TRAIN).texts()).containsExactly(TEST);
    assertThat(read(root.resolve("20_newsgroups"), null).texts()).containsExactly(TEST);
  }

  @Test
  void read_archive_equalsTheFolder() throws IOException {
    byte[] tar = TestFiles.tar(posts());
    Path packed = TestFiles.writeGzip(folder, "news.tar.gz", tar);
    Path plain = Files.write(folder.resolve("news.tar"), tar);

    assertThat(read(packed, null).sha256()).isEqualTo(read(write(posts()), null).sha256());
    assertThat(read(plain, null).texts()).containsExactly(TRAINING);
    assertThat(read(plain, Part.TEST).texts()).containsExactly(TEST);
  }

  @Test
  void read_strip_skipsPostsOfWhichNothingIsLeft() throws IOException {
    Map<String, String> files = posts();
    files.put("news-train/rec.autos/1", "Subject: e\n\n> Only this.\n");

    Corpus corpus = read(write(files), null, PostPart.HEADERS, PostPart.QUOTES);

    assertThat(corpus.texts())
        .extracting(LabelledText::text)
        .containsExactly("New pads.", "No.", "Far out.");
    assertThat(corpus.skippedRows()).isEqualTo(1);
  }

  @Test
  void read_anyByte_isWindows1252() throws IOException {
    Path post = folder.resolve("rec.autos/1");
    Files.createDirectory(post.getParent());
    Files.write(
        post, "caf\u00e9 \u0096 \u0093ok\u0094 \u0081".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(read(folder, null).texts())
        .containsExactly(new LabelledText("café – “ok” \u0081", "rec.autos", null));
  }

  @Test
  void read_overlongPost_isRefused() throws IOException {
    Path root = write(Map.of("news-train/rec.autos/1", "x".repeat((1 << 20) + 1)));

    assertThatThrownBy(() -> read(root, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("rec.autos/1", "longer than");
  }

  @Test
  void read_twoPostsOfOneNumber_areRefused() throws IOException {
    Path root = write(Map.of("t/rec.autos/7", "One.", "t/rec.autos/07", "Two."));

    assertThatThrownBy(() -> read(root, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("two posts have the number");
  }

  @Test
  void read_stripOfReviews_isRefused() throws IOException {
    Path root = write(Map.of("aclImdb/train/pos/0_9.txt", "Good."));

    assertThatThrownBy(() -> read(root, null, PostPart.QUOTES))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("not 20 Newsgroups", "--strip");
  }
}
