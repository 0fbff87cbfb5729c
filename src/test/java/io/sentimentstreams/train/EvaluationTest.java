package io.sentimentstreams.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.ClassMeasures;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Measures;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class EvaluationTest {
  private static final Labels LABELS = new Labels(List.of("negative", "neutral", "positive"));
  private static final Offset<Double> TINY = within(1e-12);

  @Test
  void measures_threeLabels_areWhatHandGives() {
    int[] truth = {0, 0, 0, 0, 1, 1, 1, 2, 2, 2};
    int[] predicted = {0, 0, 1, 2, 1, 1, 0, 2, 2, 0};

    Measures measures = Evaluation.measures("hand", LABELS, truth, predicted);

    assertThat(measures.data()).isEqualTo("hand");
    assertThat(measures.rows()).isEqualTo(10);
    assertThat(measures.confusion())
        .containsExactly(List.of(2L, 1L, 1L), List.of(1L, 2L, 0L), List.of(1L, 0L, 2L));
    assertThat(measures.accuracy()).isEqualTo(0.6, TINY);
    ClassMeasures negative = measures.perClass().get(0);
    assertThat(negative.label()).isEqualTo("negative");
    assertThat(negative.precision()).isEqualTo(2.0 / 4, TINY);
    assertThat(negative.recall()).isEqualTo(2.0 / 4, TINY);
    assertThat(negative.f1()).isEqualTo(0.5, TINY);
    assertThat(negative.support()).isEqualTo(4);
    assertThat(measures.perClass().get(1).f1()).isEqualTo(2.0 / 3, TINY);
    assertThat(measures.macroPrecision()).isEqualTo((2.0 / 4 + 2.0 / 3 + 2.0 / 3) / 3, TINY);
    assertThat(measures.macroRecall()).isEqualTo((2.0 / 4 + 2.0 / 3 + 2.0 / 3) / 3, TINY);
    assertThat(measures.macroF1()).isEqualTo((0.5 + 2.0 / 3 + 2.0 / 3) / 3, TINY);
  }

  @Test
  void measures_labelNeverPredictedOrNeverTrue_countsAsZero() {
    int[] truth = {0, 0, 1, 1};
    int[] predicted = {0, 0, 0, 2};

    Measures measures = Evaluation.measures("hand", LABELS, truth, predicted);

    assertThat(measures.perClass().get(1)).isEqualTo(new ClassMeasures("neutral", 0, 0, 0, 2));
    assertThat(measures.perClass().get(2)).isEqualTo(new ClassMeasures("positive", 0, 0, 0, 0));
    assertThat(measures.macroRecall()).isEqualTo(1.0 / 3, TINY);
    assertThat(measures.macroPrecision()).isEqualTo(2.0 / 9, TINY);
  }

  @Test
  void measures_differentLengths_areRefused() {
    assertThatThrownBy(() -> Evaluation.measures("x", LABELS, new int[2], new int[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void indexOf_unknownLabel_namesItAndTheModels() {
    assertThatThrownBy(() -> Evaluation.indexOf(LABELS, "angry"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("angry", "negative, neutral, positive");
  }

  @Test
  void table_measures_showsThemAligned() {
    Measures measures =
        Evaluation.measures(
            "Tweets.csv", LABELS, new long[][] {{1200, 30, 4}, {5, 60, 7}, {8, 9, 100}});

    assertThat(Evaluation.table(measures).lines())
        .containsExactly(
            "Tweets.csv: 1,423 texts, accuracy 0.9557, macro recall 0.8868, macro F1 0.8532",
            "",
            "label           precision    recall        F1     texts",
            "negative           0.9893    0.9724    0.9808     1,234",
            "neutral            0.6061    0.8333    0.7018        72",
            "positive           0.9009    0.8547    0.8772       117",
            "macro mean         0.8321    0.8868    0.8532     1,423",
            "",
            "true \\ labelled  negative   neutral  positive",
            "negative            1,200        30         4",
            "neutral                 5        60         7",
            "positive                8         9       100");
  }

  @Property
  void measures_anyPredictions_areSharesAndConsistent(@ForAll("pairs") List<int[]> pairs) {
    Measures measures = measure(pairs);

    assertThat(measures.rows()).isEqualTo(pairs.size());
    long right = pairs.stream().filter(pair -> pair[0] == pair[1]).count();
    assertThat(measures.accuracy()).isEqualTo((double) right / pairs.size(), TINY);
    double weightedRecall =
        measures.perClass().stream()
            .mapToDouble(label -> label.recall() * label.support() / pairs.size())
            .sum();
    assertThat(weightedRecall).isEqualTo(measures.accuracy(), within(1e-9));
    for (ClassMeasures label : measures.perClass()) {
      double sum = label.precision() + label.recall();
      double f1 = sum == 0 ? 0 : 2 * label.precision() * label.recall() / sum;
      assertThat(label.f1()).isEqualTo(f1, TINY).isBetween(0.0, 1.0);
    }
  }

  @Property
  void measures_allRight_areOneForEveryLabelThatOccurs(@ForAll("pairs") List<int[]> pairs) {
    List<int[]> right = pairs.stream().map(pair -> new int[] {pair[0], pair[0]}).toList();

    Measures measures = measure(right);

    assertThat(measures.accuracy()).isEqualTo(1);
    assertThat(measures.perClass())
        .allSatisfy(label -> assertThat(label.f1()).isEqualTo(label.support() == 0 ? 0 : 1));
  }

  @Property
  void measures_truthAndPredictionSwapped_swapPrecisionAndRecall(
      @ForAll("pairs") List<int[]> pairs) {
    List<int[]> swapped = pairs.stream().map(pair -> new int[] {pair[1], pair[0]}).toList();

    Measures measures = measure(pairs);

    assertThat(measure(swapped).macroPrecision()).isEqualTo(measures.macroRecall(), TINY);
    assertThat(measure(swapped).macroF1()).isEqualTo(measures.macroF1(), TINY);
  }

  @Provide
  Arbitrary<List<int[]>> pairs() {
    Arbitrary<Integer> label = Arbitraries.integers().between(0, LABELS.size() - 1);
    return label
        .list()
        .ofSize(2)
        .map(pair -> new int[] {pair.get(0), pair.get(1)})
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  private static Measures measure(List<int[]> pairs) {
    int[] truth = pairs.stream().mapToInt(pair -> pair[0]).toArray();
    int[] predicted = pairs.stream().mapToInt(pair -> pair[1]).toArray();
    return Evaluation.measures("any", LABELS, truth, predicted);
  }
}
