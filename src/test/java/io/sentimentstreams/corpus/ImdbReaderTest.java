package io.sentimentstreams.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.corpus.CorpusSource.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImdbReaderTest {
  private static final String URL = "http://www.imdb.com/title/%s/usercomments\n";
  private static final LabelledText[] TRAINING = {
    new LabelledText("Dull.", "negative", "tt0000003"),
    new LabelledText("Good.\nVery – good.", "positive", "tt0000001"),
    new LabelledText("Fine & well.", "positive", "tt0000002"),
    new LabelledText("Ten.", "positive", "tt0000001"),
  };

  private final Path folder;

  ImdbReaderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static Map<String, String> training(String root) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(root + "pos/10_10.txt", "Ten.");
    files.put(root + "pos/2_7.txt", "Fine &amp; well.");
    files.put(root + "pos/0_9.txt", "Good.<br /><br />Very \u0096 good.");
    files.put(root + "neg/0_1.txt", "Dull.");
    files.put(root + "unsup/0_0.txt", "Neither.");
    files.put(root + "labeledBow.feat", "9 0:1");
    files.put(root + "urls_neg.txt", URL.formatted("tt0000003"));
    files.put(root + "urls_pos.txt", films());
    return files;
  }

  private static String films() {
    StringBuilder films = new StringBuilder(URL.formatted("tt0000001"));
    films.append(URL.formatted("tt0000009")).append(URL.formatted("tt0000002"));
    for (int line = 3; line <= 10; line++) {
      films.append(URL.formatted("tt0000001"));
    }
    return films.toString();
  }

  private static Map<String, String> both() {
    Map<String, String> files = training("aclImdb/train/");
    files.put("aclImdb/test/neg/0_2.txt", "Poor.");
    files.put("aclImdb/README", "Large Movie Review Dataset");
    return files;
  }

  private Path write(Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      TestFiles.write(folder, file.getKey(), file.getValue());
    }
    return folder.resolve("aclImdb");
  }

  private static Corpus read(Path path, @Nullable Part part) {
    return CorpusReader.read(new CorpusSource(path, null, null, null, part, Set.of()));
  }

  @Test
  void read_folder_isTheTrainingPartInOrderWithFilms() throws IOException {
    Path root = write(both());

    assertThat(read(root, null).texts()).containsExactly(TRAINING);
    assertThat(read(folder, null).texts()).containsExactly(TRAINING);
    assertThat(read(root.resolve("train"), null).texts()).containsExactly(TRAINING);
  }

  @Test
  void read_testPart_isReadByOptionByPathOrWhereItIsAlone() throws IOException {
    LabelledText poor = new LabelledText("Poor.", "negative", null);
    Path root = write(both());

    assertThat(read(root, Part.TEST).texts()).containsExactly(poor);
    assertThat(read(root.resolve("test"), null).texts()).containsExactly(poor);
    Path tar = folder.resolve("test.tar");
    Files.write(tar, TestFiles.tar(Map.of("aclImdb/test/neg/0_2.txt", "Poor.")));
    assertThat(read(tar, null).texts()).containsExactly(poor);
  }

  @Test
  void read_archive_equalsTheFolder() throws IOException {
    byte[] tar = TestFiles.tar(both());
    Path packed = TestFiles.writeGzip(folder, "aclImdb.tar.gz", tar);
    Path plain = Files.write(folder.resolve("any-name"), tar);

    assertThat(read(packed, null)).isEqualTo(renamed(read(write(both()), null), "aclImdb.tar.gz"));
    assertThat(read(plain, null).texts()).containsExactly(TRAINING);
    assertThat(read(packed, Part.TEST).texts()).hasSize(1);
  }

  private static Corpus renamed(Corpus corpus, String name) {
    return new Corpus(name, corpus.sha256(), corpus.texts(), corpus.skippedRows(), 0);
  }

  @Test
  void read_partThatIsNotThere_isRefused() throws IOException {
    Path root = write(both());

    assertThatThrownBy(() -> read(root.resolve("test"), Part.TRAIN))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("no part train", "only [test]");
  }

  @Test
  void read_otherFolderOrArchive_isRefusedWithTheLayout() throws IOException {
    Path tar = Files.write(folder.resolve("a.tar"), TestFiles.tar(Map.of("a/b.txt", "x")));
    for (Path path : new Path[] {tar, Files.createDirectory(folder.resolve("empty"))}) {
      assertThatThrownBy(() -> read(path, null))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll(path.toString(), "train/pos", "aclImdb");
    }
  }

  @Test
  void read_reviewWithoutFilm_isRefused() throws IOException {
    Map<String, String> files = both();
    files.put("aclImdb/train/urls_pos.txt", URL.formatted("tt0000001"));
    Path root = write(files);

    assertThatThrownBy(() -> read(root, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("urls_pos.txt", "line 3", "pos/2");
  }

  @Test
  void read_twoReviewsOfOneNumber_areRefused() throws IOException {
    Map<String, String> files = both();
    files.put("aclImdb/train/pos/2_8.txt", "Again.");
    Path root = write(files);

    assertThatThrownBy(() -> read(root, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("pos/2");
  }

  @Test
  void read_overlongReview_isRefused() throws IOException {
    Path root = write(Map.of("aclImdb/train/pos/0_9.txt", "x".repeat((1 << 20) + 1)));

    assertThatThrownBy(() -> read(root, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("pos/0_9.txt", "longer than");
  }

  @Test
  void read_malformedUtf8_namesTheFile() throws IOException {
    Path root = write(both());
    Files.write(root.resolve("train/pos/0_9.txt"), new byte[] {'a', (byte) 0xc3});

    assertThatThrownBy(() -> read(root, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("pos/0_9.txt", "not valid UTF-8");
  }

  @Test
  void read_truncatedArchive_isDamaged() throws IOException {
    byte[] tar = TestFiles.tar(both());
    for (int length : new int[] {515, 3000}) {
      Path file = Files.write(folder.resolve("a.tar"), Arrays.copyOf(tar, length));

      assertThatThrownBy(() -> read(file, null))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll("a.tar", "damaged");
    }
  }
}
