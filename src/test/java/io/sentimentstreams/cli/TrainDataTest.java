package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.model.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code sentiment train} does with data and training file, told by the bundle. */
final class TrainDataTest {
  private static final String NETWORK =
      """
      data: {confidence_above: 0.5, validation: 0.25, test: 0.25}
      text: {tokenizer: words}
      network:
        - embedding: {size: 3}
        - lstm: {units: 2}
        - dense: {activation: softmax}
      training: {epochs: 1}
      """;

  private final TestShell shell = new TestShell();
  private final Path folder;

  TrainDataTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Sixteen rows, of which a quarter has a confidence of 0.5. */
  private Path table() throws IOException {
    String rows =
        IntStream.range(0, 16)
            .mapToObj(
                i ->
                    "%s word%s,%s,%s%n"
                        .formatted(
                            i % 2 == 0 ? "good" : "bad",
                            Character.toString('a' + i),
                            i % 2 == 0 ? "pos" : "neg",
                            i % 4 == 0 ? "0.5" : "0.8"))
            .collect(Collectors.joining());
    return Files.writeString(folder.resolve("rows.csv"), "text,label,confidence\n" + rows);
  }

  private Provenance train(Path data, String... options) throws IOException {
    assertThat(run(data, options)).as(shell.err()).isZero();
    return ModelBundle.load(folder.resolve("model")).manifest().provenance();
  }

  private int run(Path data, String... options) throws IOException {
    Path network = folder.resolve("mine.yaml");
    if (!Files.exists(network)) {
      Files.writeString(network, NETWORK);
    }
    Path out = folder.resolve("model");
    String[] arguments = {
      "train", "--data=" + data, "--network=" + network, "--out=" + out, "--no-baseline"
    };
    String[] all =
        Stream.concat(Arrays.stream(arguments), Arrays.stream(options)).toArray(String[]::new);
    return shell.run(all);
  }

  @Test
  void train_fileWithData_dividesAndCutsAsItSays() throws IOException {
    Provenance provenance = train(table());

    assertThat(provenance.data().rows()).isEqualTo(12);
    assertThat(provenance.data().split().validationRows()).isBetween(2L, 4L);
    assertThat(provenance.data().split().testRows()).isBetween(2L, 4L);
    assertThat(provenance.settings())
        .containsEntry("confidenceColumn", "confidence")
        .containsEntry("confidenceAbove", 0.5)
        .containsEntry("uncertainRows", 4);
    assertThat(Files.readString(folder.resolve("model/MODEL.md")))
        .contains("Left out of it: 4 texts whose `confidence` is not above 0.5.");
  }

  @Test
  void train_vectorsOfTheFile_areReadBesideItAndTold() throws IOException {
    Files.createDirectories(folder.resolve("words"));
    Files.writeString(folder.resolve("words/glove.txt"), "good 1 2 3\nbad 4 5 6\nsoso 7 8 9\n");

    Files.writeString(
        folder.resolve("mine.yaml"),
        NETWORK.replace("{epochs: 1}", "{epochs: 1, vectors: words/glove.txt}"));

    Provenance provenance = train(table());

    assertThat(provenance.settings())
        .containsEntry("vectors", "glove.txt")
        .containsKeys("vectorsSha256", "vectorsVocabularyShare", "vectorsTokenShare");
    assertThat(shell.err()).contains("glove.txt: vectors for 2 of the vocabulary's");
    assertThat(Files.readString(folder.resolve("model/MODEL.md")))
        .contains("The embedding started from the vectors of `glove.txt`, which training changed.");
  }

  @Test
  void train_frozenVectors_areInTheBundle() throws IOException {
    Path vectors = Files.writeString(folder.resolve("glove.txt"), "good 1 2 3\nbad 4 5 6\n");

    train(table(), "--vectors=" + vectors, "--freeze-vectors");

    ModelBundle bundle = ModelBundle.load(folder.resolve("model"));
    int good = bundle.vocabulary().id("good");
    assertThat(bundle.weights().tensor("embedding.weight").values())
        .containsSequence(1, 2, 3)
        .startsWith(0, 0, 0, 0, 0, 0);
    assertThat(bundle.weights().tensor("embedding.weight").values()[3 * good]).isEqualTo(1);
    assertThat(bundle.manifest().model().network().embedding().trainable()).isFalse();
    assertThat(Files.readString(folder.resolve("model/MODEL.md")))
        .contains("which training did not change");
  }

  @Test
  void train_vectorsThatDoNotFit_areRefusedInALine() throws IOException {
    Path vectors = Files.writeString(folder.resolve("glove.txt"), "good 1 2\n");

    assertThat(run(table(), "--vectors=" + vectors)).isEqualTo(2);
    assertThat(run(table(), "--vectors=" + folder.resolve("none"))).isEqualTo(2);
    assertThat(run(table(), "--freeze-vectors")).isEqualTo(2);

    assertThat(shell.err())
        .contains(
            "glove.txt: line 1: has 2 numbers, but the embedding needs 3",
            "none: no such file",
            "--freeze-vectors is there, but no vectors are")
        .hasLineCount(3);
  }

  @Test
  void train_options_standInPlaceOfTheFiles() throws IOException {
    Provenance provenance = train(table(), "--confidence-above=0.1", "--test=0");

    assertThat(provenance.data().rows()).isEqualTo(16);
    assertThat(provenance.data().split().testRows()).isZero();
    assertThat(provenance.settings()).doesNotContainKey("confidenceAbove");
  }

  @Test
  void train_dataWithoutTheColumnOfTheFile_keepsAllAndCountsNone() throws IOException {
    Path data = table();
    Files.writeString(data, Files.readString(data).replace("confidence", "grade"));

    Provenance provenance = train(data);

    assertThat(provenance.data().rows()).isEqualTo(16);
    assertThat(provenance.settings()).doesNotContainKey("uncertainRows");
  }
}
