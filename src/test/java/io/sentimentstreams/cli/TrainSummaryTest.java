package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.train.TrainingField;
import io.sentimentstreams.train.TrainingFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sentiment train --summary}. */
final class TrainSummaryTest {
  private final TestShell shell = new TestShell();

  @ParameterizedTest
  @CsvSource({"imdb-lstm, '2,691,713'", "news-lstm-lab, '2,599,370'", "news-gru-lab, '2,590,420'"})
  void summary_ofALesson_endsWithItsParameters(String preset, String parameters) {
    assertThat(shell.run("train", "--preset", preset, "--summary")).isZero();

    assertThat(shell.out().lines().reduce((first, last) -> last))
        .hasValueSatisfying(line -> assertThat(line).startsWith("total").endsWith(parameters));
  }

  @Test
  void summary_ofAFile_hasEachLayer(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("mine.yaml"),
            """
            network:
              - embedding: {size: 8}
              - bidirectional: {lstm: {units: 4}}
              - dense: {activation: softmax}
            """);

    assertThat(shell.run("train", "--network", file.toString(), "--vocabulary=10", "--summary"))
        .isZero();

    assertThat(shell.out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "layer type output parameters",
            "embedding embedding [time, 8] 80",
            "lstm bidirectional lstm [8] 416",
            "output dense [2] 18",
            "total 514");
  }

  @Test
  void help_ofTrain_hasEachSetting() {
    assertThat(shell.run("train", "--help")).isZero();

    for (TrainingField field : TrainingFields.ALL) {
      assertThat(shell.out())
          .containsPattern(" %s=%s\\s+\\S".formatted(field.option(), field.valueLabel()));
    }
  }

  @Test
  void summary_withSettingsThatCannotBe_namesTheOption() {
    assertThat(shell.run("train", "--preset=birnn", "--summary", "--learning-rate=-1"))
        .isEqualTo(2);

    assertThat(shell.err())
        .isEqualTo(
            "sentiment: --learning-rate is -1.0, but must be above 0" + System.lineSeparator());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train --summary | give --preset NAME or --network FILE",
        "train --preset imdb --summary | preset \"imdb\" does not exist;",
        "train --network no.yaml --summary | no.yaml: does not exist",
        "train --network no.yaml --preset birnn --data x --out y | mutually exclusive",
      })
  void summary_mistake_isOneLine(String arguments, String message) {
    assertThat(shell.run(arguments.split(" "))).isEqualTo(2);

    assertThat(shell.out()).isEmpty();
    assertThat(shell.err()).contains(message).hasLineCount(1);
  }
}
