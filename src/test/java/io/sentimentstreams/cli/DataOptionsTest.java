package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes in the options of labelled texts, which end a command before it trains. */
final class DataOptionsTest {
  private final TestShell shell = new TestShell();
  private final Path folder;

  DataOptionsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private int train(String... options) throws IOException {
    Path data =
        Files.writeString(folder.resolve("dev.tsv"), "sentence\tlabel\ndull .\t0\nfun .\t1\n");
    String[] arguments = {
      "train", "--preset=tweets-conv1d", "--data=" + data, "--out=" + folder.resolve("model")
    };
    String[] all = Arrays.copyOf(arguments, arguments.length + options.length);
    System.arraycopy(options, 0, all, arguments.length, options.length);
    return shell.run(all);
  }

  @Test
  void labels_withoutALabelOfTheData_isOneLine() throws IOException {
    assertThat(train("--labels=0=negative,2=positive")).isEqualTo(2);

    assertThat(shell.err()).contains("dev.tsv", "names 0, 2, but not 1").hasLineCount(1);
  }

  @Test
  void confidence_columnWithoutABound_isOneLine() throws IOException {
    assertThat(train("--confidence-column=sure")).isEqualTo(2);

    assertThat(shell.err()).contains("add --confidence-above").hasLineCount(1);
  }

  @Test
  void confidence_columnThatIsNotThere_isOneLine() throws IOException {
    assertThat(train("--confidence-above=0.5", "--confidence-column=sure")).isEqualTo(2);

    assertThat(shell.err()).contains("dev.tsv: has no column sure").hasLineCount(1);
  }

  @Test
  void labels_malformed_isOneLine() throws IOException {
    assertThat(train("--labels=0=negative,=positive")).isEqualTo(2);

    assertThat(shell.err()).contains("\"=positive\" is no LABEL=NAME").hasLineCount(1);
  }

  @Test
  void labels_ofAllLabels_areTheModels() throws IOException {
    Path data = Files.writeString(folder.resolve("dev.tsv"), "sentence\tlabel\ndull .\t0\n");

    int status =
        shell.run(
            "evaluate", "--model=models/tweets-conv1d", "--data=" + data, "--labels=0=negative");

    assertThat(status).isZero();
    assertThat(shell.out()).contains("dev.tsv: 1 texts, accuracy");
  }

  @Test
  void labels_notGivenButNeeded_areInTheMessage() throws IOException {
    Path data = Files.writeString(folder.resolve("dev.tsv"), "sentence\tlabel\ndull .\t0\n");

    assertThat(shell.run("evaluate", "--model=models/tweets-conv1d", "--data=" + data))
        .isEqualTo(2);

    assertThat(shell.err()).contains("knows only negative", "--labels \"0=NAME").hasLineCount(1);
  }

  @Test
  void strip_ofATable_isOneLine() throws IOException {
    assertThat(train("--strip=headers,quotes")).isEqualTo(2);

    assertThat(shell.err()).contains("dev.tsv: is not 20 Newsgroups", "--strip").hasLineCount(1);
  }

  @Test
  void strip_unknownPart_isOneLineWithTheParts() throws IOException {
    assertThat(train("--strip=headers,subject")).isEqualTo(2);

    assertThat(shell.err())
        .contains("\"subject\" is no part of a post: give headers, footers or quotes")
        .hasLineCount(1);
  }

  @Test
  void strip_parts_areTakenInAnyCase() throws IOException {
    Path post = folder.resolve("posts-test/rec.autos/7");
    Files.createDirectories(post.getParent());
    Files.writeString(post, "Subject: none\n\n> only a quote\n");

    int status =
        shell.run(
            "evaluate",
            "--model=models/tweets-conv1d",
            "--data=" + folder.resolve("posts-test"),
            "--strip=Headers,QUOTES");

    assertThat(status).isEqualTo(2);
    assertThat(shell.err()).contains("holds no labelled text (1 rows").hasLineCount(1);
  }
}
