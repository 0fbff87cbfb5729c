package io.sentimentstreams.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.corpus.Split;
import io.sentimentstreams.model.LayerSpec.Dropout;
import io.sentimentstreams.model.WeightedSpec.Embedding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SearchTest {
  private static final Split SPLIT = GeneratedTexts.split(90, 30);

  private static final String SPACE =
      """
      base:
        text: {tokenizer: prose, vocabulary: 1000, tokens: 16}
        network:
          - embedding: {size: 8}
          - dropout: {rate: 0.3}
          - bidirectional: {lstm: {units: 4, sequences: true}}
          - global_max_pool
          - dropout: {rate: 0.4}
          - dense: {activation: softmax}
        training: {batch_size: 16, epochs: 2, learning_rate: 0.02}
      fields:
        network.dropout.rate: [0, 0.5]
        training.patience: [1, 2, 3]
      """;

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private Path folder;

  @Test
  void grid_ofTwoFields_hasEachPairInOrder() {
    List<SearchRun> runs = runs(SPACE);

    assertThat(runs)
        .extracting(SearchRun::text)
        .containsExactly(
            "network.dropout.rate 0, training.patience 1",
            "network.dropout.rate 0, training.patience 2",
            "network.dropout.rate 0, training.patience 3",
            "network.dropout.rate 0.5, training.patience 1",
            "network.dropout.rate 0.5, training.patience 2",
            "network.dropout.rate 0.5, training.patience 3");
    assertThat(runs.get(4).settings().network().layers())
        .filteredOn(Dropout.class::isInstance)
        .containsExactly(new Dropout(0.5), new Dropout(0.5));
    assertThat(runs.get(4).settings().patience()).isEqualTo(2);
    assertThat(runs.get(4).settings().learningRate()).isEqualTo(0.02);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "network.dropout.rate: [0, 0.5] | network.2.rate: [0.1]",
        "network.dropout.rate: [0, 0.5] | network.lstm.units: [6]",
        "network.dropout.rate: [0, 0.5] | network.3.lstm.units: [6]",
        "network.dropout.rate: [0, 0.5] | network.embedding.trainable: [false]",
        "network.dropout.rate: [0, 0.5] | text.tokens: [6]",
        "network.dropout.rate: [0, 0.5] | training.vectors: [my.txt]",
        "network.dropout.rate: [0, 0.5] | training.class_weights: [{bad: 2}]",
        "network.dropout.rate: [0, 0.5] | network: [[{embedding: {size: 2}}, global_max_pool, {dense: {activation: softmax}}]]",
      })
  void path_ofAnyField_changesTheTrainingOnce(String from, String to) {
    SearchRun before = runs(SPACE.replace(from, "training.epochs: [2]")).get(0);
    SearchRun after = runs(SPACE.replace(from, to)).get(0);

    assertThat(after.settings()).isNotEqualTo(before.settings());
  }

  @Test
  void path_ofOneLayer_leavesOthersOfItsType() {
    SearchRun run = runs(SPACE.replace("network.dropout.rate", "network.5.rate")).get(5);

    assertThat(run.settings().network().layers())
        .filteredOn(Dropout.class::isInstance)
        .containsExactly(new Dropout(0.3), new Dropout(0.5));
  }

  @Test
  void vectors_relative_areBesideTheSpace() {
    SearchRun run =
        runs(SPACE.replace("network.dropout.rate: [0, 0.5]", "training.vectors: [none, my.txt]"))
            .get(3);

    assertThat(run.settings().vectors()).isEqualTo(folder.toAbsolutePath().resolve("my.txt"));
  }

  @Test
  void random_ofValuesAndRanges_staysInThemAndIsTheSameForASeed() {
    String random =
        SPACE
                .replace("fields:", "method: random\nruns: 30\nfields:")
                .replace("[0, 0.5]", "{from: 0.1, to: 0.2}")
                .replace("[1, 2, 3]", "{from: 1, to: 9, whole: true}")
            + "  training.learning_rate: {from: 0.0001, to: 0.01, scale: log}\n";

    List<SearchRun> runs = runs(random);

    assertThat(runs).hasSize(30).isEqualTo(runs(random));
    assertThat(runs).extracting(run -> run.settings().patience()).doesNotContain(0, 10).contains(2);
    assertThat(runs)
        .extracting(run -> run.settings().learningRate())
        .allSatisfy(rate -> assertThat(rate).isBetween(0.0001, 0.01))
        .filteredOn(rate -> rate < 0.001)
        .hasSizeBetween(8, 22);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training.patience | trainin.patience | fields: trainin.patience is no path of a training's file",
        "training.patience | training.patients | run 1 (network.dropout.rate 0, training.patients 1): line 13: training: patients is no field of it; did you mean patience?",
        "[1, 2, 3] | [1, 0] | run 2 (network.dropout.rate 0, training.patience 0): line 13: training: patience is 0, but must be from 1",
        "network.dropout.rate | network.conv1d.width | fields: network.conv1d.width finds no layer: there is no conv1d among the 6",
        "network.dropout.rate | network.dropout.rat | line 12: layer 2 (dropout): rat is no field of it",
        "[1, 2, 3] | 3 | line 13: fields: training.patience needs a list of values (a range is for",
        "[1, 2, 3] | {from: 1, to: 2} | line 13: fields: training.patience needs a list of values (a range is for",
        "fields: | method: random\\nfields: | runs is missing",
        "fields: | method: random\\nruns: 7\\nfields: | runs is 7, but the fields have only about 6 different combinations",
        "fields: | runs: 7\\nfields: | runs is for a random search",
        "fields: | preset: birnn\\nfields: | needs one of preset, file and base",
        "training.patience: [1, 2, 3] | training.class_weights: [none, balanced] | class weights change the loss itself",
      })
  void mistake_inAFile_isNamed(String from, String to, String message) {
    assertThat(SPACE).contains(from);

    assertThatThrownBy(() -> runs(SPACE.replace(from, to.replace("\\n", "\n"))))
        .isInstanceOf(InvalidInputException.class)
        .message()
        .contains(message)
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"search-lesson", "search-tweets"})
  void examples_haveRuns(String name) {
    List<SearchRun> runs = SearchSpace.read(Path.of("examples", name + ".yaml")).runs(1);

    assertThat(runs).hasSize(name.equals("search-lesson") ? 16 : 20).doesNotHaveDuplicates();
    assertThat(runs)
        .extracting(run -> ((Embedding) run.settings().network().layers().get(0)).trainable())
        .contains(true);
  }

  @Test
  void run_grid_ranksTheRunsAndKeepsTheBest() {
    List<String> told = new ArrayList<>();

    List<SearchResult> results = search(runs(SPACE), told, () -> false);

    assertThat(results).hasSize(6).extracting(SearchResult::failure).containsOnlyNulls();
    assertThat(results).isSortedAccordingTo((a, b) -> Double.compare(a.loss(), b.loss()));
    List<String> bests = told.stream().filter(line -> line.startsWith("best")).toList();
    assertThat(bests).first().isEqualTo("best 1");
    // Of equals, such as runs that differ in patience alone, the first.
    assertThat(bests.get(bests.size() - 1)).isEqualTo("best " + results.get(0).run());
    assertThat(told).startsWith("begins 1", "best 1", "done 1", "begins 2").endsWith("done 6");
  }

  @Test
  void run_withAndWithoutNgrams_isRankedWithThem() {
    String space =
        SPACE
            .replace("training.patience: [1, 2, 3]", "training.ngrams: [0, 100]")
            .replace("[0, 0.5]", "[0]");

    List<SearchResult> results = search(runs(space), new ArrayList<>(), () -> false);

    assertThat(results).extracting(SearchResult::run).containsExactly(2, 1);
    assertThat(results.get(0).loss()).isLessThan(results.get(1).loss());
  }

  @Test
  void run_interrupted_goesOnToTheSameResults() {
    List<SearchRun> runs = runs(SPACE);
    List<SearchResult> straight = search(runs, new ArrayList<>(), () -> false);
    Path other = folder.resolve("other");
    int[] asked = {0};
    List<SearchResult> part = search(other, runs, new ArrayList<>(), () -> ++asked[0] > 40);
    List<String> told = new ArrayList<>();

    List<SearchResult> all = search(other, runs, told, () -> false);

    assertThat(part).hasSizeBetween(1, 4);
    assertThat(all).isEqualTo(straight);
    assertThat(told).startsWith("done 1").doesNotContain("begins 1").contains("begins 5");
    assertThat(other).isDirectoryNotContaining("glob:**/{*.new,run-*[0-9]}");
  }

  @Test
  void run_thatDiverges_isTheLastAndOthersGoOn() {
    String space =
        SPACE
            .replace("training.patience: [1, 2, 3]", "training.learning_rate: [1e38, 0.02]")
            .replace("[0, 0.5]", "[0]");

    List<SearchResult> results = search(runs(space), new ArrayList<>(), () -> false);

    assertThat(results).extracting(SearchResult::run).containsExactly(2, 1);
    assertThat(results.get(1).failure()).contains("diverged");
  }

  @Test
  void run_ofOtherSettings_isRefused() {
    search(runs(SPACE), new ArrayList<>(), () -> false);
    List<SearchRun> others = runs(SPACE.replace("epochs: 2", "epochs: 3"));

    assertThatThrownBy(() -> search(others, new ArrayList<>(), () -> false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("run 1 is of another search, with maximumEpochs 2 instead of 3;");
    assertThatThrownBy(() -> new Search(folder.resolve("search"), () -> 0).requireUsable(false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--resume");
  }

  private List<SearchRun> runs(String space) {
    try {
      return SearchSpace.read(Files.writeString(folder.resolve("space.yaml"), space)).runs(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<SearchResult> search(List<SearchRun> runs, List<String> told, BooleanSupplier stop) {
    return search(folder.resolve("search"), runs, told, stop);
  }

  private static List<SearchResult> search(
      Path folder, List<SearchRun> runs, List<String> told, BooleanSupplier stop) {
    Search search = new Search(folder, () -> 0);
    search.requireUsable(true);
    Search.Listener listener =
        new Search.Listener() {
          @Override
          public TrainingListener begins(SearchRun run) {
            told.add("begins " + run.number());
            return new TrainingListener() {};
          }

          @Override
          public void done(SearchResult result) {
            told.add("done " + result.run());
          }

          @Override
          public void best(SearchRun run, TrainingResult result) {
            told.add("best " + run.number());
          }
        };
    return search.run(runs, Selection.LOSS, SPLIT, GeneratedTexts.LABELS, listener, stop);
  }
}
