package io.sentimentstreams.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Measures;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.model.ModelManifest;
import io.sentimentstreams.model.NetworkSize;
import io.sentimentstreams.model.NetworkSummary;
import io.sentimentstreams.model.Optimizer;
import io.sentimentstreams.model.WeightedSpec.Embedding;
import io.sentimentstreams.text.Padding;
import io.sentimentstreams.text.TextSettings;
import io.sentimentstreams.text.TokenizerKind;
import io.sentimentstreams.text.Truncation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class TrainingPartsTest {
  private static final Offset<Double> TINY = within(1e-12);
  private static final TrainingSettings VALID = Preset.of("tweets-conv1d").settings();

  @Test
  void classWeights_exponentOne_balanceTheClasses() {
    List<Example> examples = examples(6, 3, 1);

    List<Double> weights = ClassWeighting.byCount(1).of(examples, labels(3));

    assertThat(6 * weights.get(0)).isEqualTo(10.0 / 3, TINY);
    assertThat(3 * weights.get(1)).isEqualTo(10.0 / 3, TINY);
    assertThat(weights.get(2)).isEqualTo(10.0 / 3, TINY);
  }

  @Test
  void classWeights_exponentZero_areOne() {
    assertThat(ClassWeighting.byCount(0).of(examples(6, 3, 1), labels(3)))
        .containsExactly(1.0, 1.0, 1.0);
  }

  @Test
  void classWeights_exponentHalf_areTheRootsAndOneInTheMean() {
    List<Double> weights = ClassWeighting.byCount(0.5).of(examples(16, 4), labels(2));

    assertThat(weights.get(1) / weights.get(0)).isEqualTo(2, TINY);
    assertThat(16 * weights.get(0) + 4 * weights.get(1)).isEqualTo(20, TINY);
  }

  @Test
  void classWeights_labelWithoutExamples_weighsOne() {
    assertThat(ClassWeighting.byCount(1).of(examples(3, 0, 3), labels(3)))
        .containsExactly(1.0, 1.0, 1.0);
  }

  @ParameterizedTest
  @CsvSource({"LOSS, false", "ACCURACY, false", "MACRO_F1, true", "MACRO_RECALL, true"})
  void merit_rareLabelFound_isBetterByTheMacroMeansOnly(Selection selection, boolean better) {
    Scores all = new Scores(0.5, measures(new long[][] {{90, 0}, {10, 0}}));
    Scores rare = new Scores(0.6, measures(new long[][] {{80, 10}, {2, 8}}));

    assertThat(rare.merit(selection) > all.merit(selection)).isEqualTo(better);
    assertThat(all.merit(selection) > rare.merit(selection)).isEqualTo(!better);
  }

  private static Measures measures(long[][] confusion) {
    return Evaluation.measures("hand", new Labels(List.of("often", "rare")), confusion);
  }

  @Test
  void linearDecay_overItsSteps_risesThenFallsToAFiftieth() {
    RatePlan decay = plan(RateSchedule.of(Decay.LINEAR));

    assertThat(decay.valueAt(0, 0)).isEqualTo(0.1 / 51, TINY);
    assertThat(decay.valueAt(50, 0)).isEqualTo(0.1, TINY);
    assertThat(decay.valueAt(525, 0)).isEqualTo(0.1 * (0.02 + 0.98 / 2), TINY);
    assertThat(decay.valueAt(1_000, 0)).isEqualTo(0.002, TINY);
    assertThat(decay.valueAt(5_000, 0)).isEqualTo(0.002, TINY);
  }

  @Test
  void cosineDecay_overItsSteps_risesThenFallsAlongTheCosine() {
    RatePlan decay = plan(RateSchedule.of(Decay.COSINE).withWarmUp(0).withLast(0.1));

    assertThat(decay.valueAt(0, 0)).isEqualTo(0.1, TINY);
    assertThat(decay.valueAt(250, 0)).isEqualTo(0.1 * (0.1 + 0.9 * (1 + Math.sqrt(0.5)) / 2), TINY);
    assertThat(decay.valueAt(500, 0)).isEqualTo(0.1 * (0.1 + 0.9 / 2), TINY);
    assertThat(decay.valueAt(1_000, 0)).isEqualTo(0.01, TINY);
    assertThat(decay.valueAt(2_000, 0)).isEqualTo(0.01, TINY);
  }

  @Test
  void exponentialDecay_eachEpoch_multipliesByTheFactor() {
    RatePlan decay = plan(RateSchedule.of(Decay.EXPONENTIAL).withFactor(0.25));

    assertThat(decay.valueAt(0, 0)).isEqualTo(0.1, TINY);
    assertThat(decay.valueAt(50, 0)).isEqualTo(0.05, TINY);
    assertThat(decay.valueAt(100, 0)).isEqualTo(0.025, TINY);
    assertThat(decay.valueAt(200, 0)).isEqualTo(0.00625, TINY);
  }

  @Test
  void stepDecay_betweenItsFalls_staysWhereItIs() {
    RatePlan decay = plan(RateSchedule.of(Decay.STEP).withEpochs(2).withFactor(0.1));

    assertThat(decay.valueAt(199, 0)).isEqualTo(0.1, TINY);
    assertThat(decay.valueAt(200, 0)).isEqualTo(0.01, TINY);
    assertThat(decay.valueAt(399, 0)).isEqualTo(0.01, TINY);
    assertThat(decay.valueAt(400, 0)).isEqualTo(0.001, TINY);
  }

  @Test
  void plateauDecay_fall_lowersAllLaterRates() {
    RatePlan decay = plan(RateSchedule.of(Decay.PLATEAU).withWarmUp(0.1));

    assertThat(decay.valueAt(0, 0)).isEqualTo(0.1 / 101, TINY);
    assertThat(decay.valueAt(100, 0)).isEqualTo(0.1, TINY);
    decay.fall();
    assertThat(decay.valueAt(500, 0)).isEqualTo(0.05, TINY);
    decay.fall();
    assertThat(decay.valueAt(900, 0)).isEqualTo(0.025, TINY);
  }

  @Test
  void noDecay_anyStep_isThePeak() {
    RatePlan decay = plan(RateSchedule.of(Decay.NONE));

    assertThat(decay.valueAt(0, 0)).isEqualTo(0.1, TINY);
    assertThat(decay.valueAt(999, 0)).isEqualTo(0.1, TINY);
  }

  /** 10 epochs of 100 steps, at a peak of .1. */
  private static RatePlan plan(RateSchedule schedule) {
    return new RatePlan(schedule, 0.1, 10, 100);
  }

  @Test
  void patience_changesBelowTheLeast_doNotCount() {
    Patience patience = new Patience(0.1);

    IntStream.of(10, 10, 1, 20).forEach(loss -> patience.add(-loss / 10.0));
    assertThat(patience.waited()).isEqualTo(1);
    patience.add(-0.05);
    patience.add(-0.02);
    assertThat(patience.waited()).isEqualTo(3);
    patience.add(0.01);
    assertThat(patience.waited()).isZero();
  }

  @Test
  void classWeights_given_areTakenAndOthersAreOne() {
    ClassWeighting given = new ClassWeighting(0, Map.of("label 2", 2.5));

    assertThat(given.of(examples(6, 3, 1), labels(3))).containsExactly(1.0, 1.0, 2.5);
  }

  @Test
  void classWeights_ofALabelThatThereIsNot_nameIt() {
    ClassWeighting given = new ClassWeighting(0, Map.of("angry", 2.0));

    assertThatThrownBy(() -> given.of(examples(1, 1), labels(2)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("class_weights", "angry", "label 0, label 1");
  }

  private static Labels labels(int count) {
    return new Labels(IntStream.range(0, count).mapToObj(i -> "label " + i).toList());
  }

  /** A value of each setting that no default has. */
  private static final Map<String, String> EACH = each();

  private static Map<String, String> each() {
    Map<String, String> values = new LinkedHashMap<>();
    TrainingFields.ALL.forEach(
        field -> values.put(field.name(), field.valueLabel().equals("N") ? "7" : "0.07"));
    values.put("selection", "macro_recall");
    values.put("optimizer", "rmsprop");
    values.put("decay", "cosine");
    values.put("embedding_start", "normal");
    values.put("vectors", "glove.txt");
    values.put("gradient_norm", "0");
    values.put("class_weight_exponent", "0");
    values.put("class_weights", "bad=2,good=0.5");
    return values;
  }

  @Test
  void fields_inAFileAndAsOptions_giveTheSameSettings() {
    StringBuilder yaml = new StringBuilder(NETWORK + "training:\n");
    Map<String, String> options = new LinkedHashMap<>();
    for (TrainingField field : TrainingFields.ALL) {
      String value = Objects.requireNonNull(EACH.get(field.name()));
      yaml.append("  %s: %s%n".formatted(field.name(), value));
      options.put(field.option(), value);
    }
    TrainingSettings none = TrainingFile.parse("x", NETWORK).settings();

    TrainingSettings read = TrainingFile.parse("x", yaml.toString()).settings();

    assertThat(TrainingFields.withOptions(none, options)).isEqualTo(read);
    Map<String, Object> before = none.describe();
    read.describe()
        .forEach(
            (name, value) ->
                assertThat(value)
                    .as(name)
                    .satisfiesAnyOf(
                        known -> assertThat(known).isNotEqualTo(before.get(name)),
                        known -> assertThat(name).isEqualTo("classWeightExponent")));
    assertThat(read.classWeighting().given()).isEqualTo(Map.of("bad", 2.0, "good", 0.5));
    assertThat(read.schedule()).isEqualTo(new RateSchedule(Decay.COSINE, 0.07, 0.07, 0.07, 7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--learning-rate | 0 | --learning-rate is 0.0, but must be above 0",
        "--epochs | many | --epochs is \"many\", but must be a whole number",
        "--patience | 0 | --patience is 0, but must be from 1 to 1073741824",
        "--decay | steep | --decay is \"steep\", but must be one of linear, cosine, exponential,",
        "--warm-up | 1 | --warm-up is 1.0, but must be at least 0 and below 1",
        "--decay-factor | 2 | --decay-factor is 2.0, but must be above 0 and at most 1",
        "--class-weights | heavy | --class-weights is \"heavy\", but must be none, balanced, or a",
        "--class-weights | bad=-1 | --class-weights is \"bad=-1\", but must be none, balanced, or a",
        "--selection | f1 | --selection is \"f1\", but must be one of loss, accuracy, macro_f1, macro_recall",
      })
  void options_thatCannotBe_areNamed(String option, String value, String message) {
    assertThatThrownBy(() -> TrainingFields.withOptions(VALID, Map.of(option, value)))
        .isInstanceOf(InvalidInputException.class)
        .message()
        .startsWith(message)
        .doesNotContain("\n");
  }

  @Test
  void options_thatSayTheSameTwice_areRefused() {
    assertThatThrownBy(
            () ->
                TrainingFields.withOptions(
                    VALID, Map.of("--gradient-norm", "1", "--gradient-value", "2")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("--gradient-value is given besides --gradient-norm: leave one out");
    assertThatThrownBy(
            () ->
                TrainingFields.withOptions(
                    VALID, Map.of("--class-weight-exponent", "1", "--class-weights", "none")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("--class-weights is given besides --class-weight-exponent: leave one out");
  }

  @Test
  void gradientValue_alone_takesThePlaceOfTheNorm() {
    TrainingSettings settings = TrainingFields.withOptions(VALID, Map.of("--gradient-value", "2"));

    assertThat(settings.gradientNorm()).isZero();
    assertThat(settings.gradientValue()).isEqualTo(2);
  }

  @Test
  void classWeights_asFieldsOfAFile_areRead() {
    String yaml = NETWORK + "training:\n  class_weights: {bad: 2, good: 0.5}\n";

    assertThat(TrainingFile.parse("x", yaml).settings().classWeighting().given())
        .isEqualTo(Map.of("bad", 2.0, "good", 0.5));
  }

  private static final String NETWORK =
      """
      network:
        - embedding: {size: 3}
        - lstm: {units: 2}
        - dense: {activation: softmax}
      """;

  @Test
  void linearDecay_oneStep_isPositive() {
    assertThat(new RatePlan(RateSchedule.of(Decay.LINEAR), 0.1, 1, 1).valueAt(0, 0)).isPositive();
  }

  @Test
  void weightAverage_swappedTwice_leavesTheWeights() {
    INDArray weights = Nd4j.create(new float[] {1, 2});
    try (WeightAverage average = new WeightAverage(Nd4j.create(new float[] {0, 0}), 0.99)) {
      average.add(weights);
      average.swap(weights);
      float step = 1 - 2f / 11;
      assertThat(weights.toFloatVector())
          .containsExactly(new float[] {step, 2 * step}, within(1e-6f));
      average.swap(weights);
      assertThat(weights.toFloatVector()).containsExactly(1, 2);
    }
  }

  @Test
  void weightAverage_manySteps_forgetsTheStartAndFollows() {
    try (WeightAverage average = new WeightAverage(Nd4j.create(new float[] {100}), 0.9)) {
      for (int step = 0; step < 300; step++) {
        average.add(Nd4j.create(new float[] {step % 2}));
      }
      INDArray result = Nd4j.create(new float[] {0});
      average.swap(result);
      assertThat(result.getDouble(0)).isEqualTo(0.5, within(0.06));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tweets-bilstm",
        "tweets-conv1d",
        "tweets-general",
        "reviews-bilstm",
        "reviews-conv1d"
      })
  void preset_ofAShippedModel_isWhatItsManifestSays(String id) {
    ModelManifest manifest = ModelBundle.load(Path.of("models", id)).manifest();
    TrainingSettings settings = Preset.of(id).settings();

    assertThat(settings.network()).isEqualTo(manifest.model().network());
    assertThat(settings.text()).isEqualTo(manifest.model().text());
    assertThat(manifest.provenance().settings()).containsAllEntriesOf(settings.describe());
  }

  @ParameterizedTest
  @FieldSource("io.sentimentstreams.train.Preset#IDS")
  void preset_each_isDescribedAndSummarised(String id) {
    TrainingFile file = Preset.of(id).file();

    assertThat(file.description()).isNotBlank();
    assertThat(summary(id).layers()).hasSizeGreaterThan(2);
    assertThat(summary(id).layers().get(summary(id).layers().size() - 1).output().toString())
        .isIn("[1]", "[%d]".formatted(file.labels()));
  }

  @ParameterizedTest
  @CsvSource({
    "imdb-lstm, 2691713",
    "news-lstm-lab, 2599370",
    "news-gru-lab, 2590420",
    // 150,000 x 3, then (5 x 3 + 1) x 6, (3 x 6 + 1) x 1 and 1 + 1.
    "imdb-conv-tiny, 450117"
  })
  void preset_ofALesson_hasItsParameters(String id, long parameters) {
    assertThat(summary(id).parameters()).isEqualTo(parameters);
  }

  /** Keras cuts and fills texts at the front; a masked embedding needs no filling. */
  @ParameterizedTest
  @CsvSource({
    // preset, words, tokens, truncation, padding, embedding, optimizer, batch, epochs
    "tweets-bilstm-lesson, 1000, 64, KEEP_HEAD, NONE, 2, ADAM, 16, 5",
    "imdb-lstm, 20000, 80, KEEP_TAIL, FRONT, 128, ADAM, 32, 15",
    "imdb-rnn, 20000, 100, KEEP_TAIL, FRONT, 128, ADAM, 32, 1",
    "imdb-gru, 20000, 100, KEEP_TAIL, FRONT, 128, ADAM, 32, 1",
    "imdb-conv, 20000, 100, KEEP_TAIL, FRONT, 128, ADAM, 32, 1",
    "imdb-conv-gru, 20000, 100, KEEP_TAIL, FRONT, 128, ADAM, 32, 1",
    "imdb-conv-tiny, 150000, 300, KEEP_TAIL, FRONT, 3, RMSPROP, 512, 20",
    "news-conv, 20000, 1000, KEEP_TAIL, FRONT, 100, ADAM, 100, 10",
    "news-lstm, 20000, 1000, KEEP_TAIL, FRONT, 100, ADAM, 100, 25",
    "news-bilstm, 20000, 1000, KEEP_TAIL, FRONT, 100, ADAM, 100, 30",
    "news-lstm-pool, 20000, 1000, KEEP_TAIL, FRONT, 100, ADAM, 100, 25",
    "news-lstm-lab, 20000, 100, KEEP_TAIL, FRONT, 128, ADAM, 32, 2",
    "news-gru-lab, 20000, 100, KEEP_TAIL, FRONT, 128, ADAM, 32, 2",
    "stacked-rnn, 20000, 100, KEEP_TAIL, FRONT, 128, ADAM, 32, 5",
    "stacked-lstm, 20000, 100, KEEP_TAIL, FRONT, 128, ADAM, 32, 5",
    "birnn, 20000, 100, KEEP_TAIL, FRONT, 128, ADAM, 32, 5",
    "doc-mlp, 20000, 500, KEEP_TAIL, FRONT, 300, ADAM, 32, 5",
    "doc-ngram, 20000, 500, KEEP_TAIL, FRONT, 300, ADAM, 32, 5"
  })
  void preset_ofALesson_readsAndLearnsAsTheLessonSays(
      String id,
      int vocabulary,
      int tokens,
      Truncation truncation,
      Padding padding,
      int embedding,
      Optimizer optimizer,
      int batchSize,
      int epochs) {
    TrainingSettings settings = Preset.of(id).settings();

    assertThat(settings.text())
        .isEqualTo(
            new TextSettings(TokenizerKind.WORDS, vocabulary, 1, tokens, truncation, padding));
    assertThat(settings.network().embedding())
        .isEqualTo(new Embedding(embedding, padding == Padding.NONE, true));
    assertThat(settings.optimizer()).isEqualTo(optimizer);
    assertThat(settings.batchSize()).isEqualTo(batchSize);
    assertThat(settings.maximumEpochs()).isEqualTo(epochs);
    assertThat(settings.learningRate()).isEqualTo(1e-3);
    assertThat(settings.describe())
        .containsEntry("decay", "none")
        .containsEntry("wordDropout", 0.0)
        .containsEntry("embeddingDropout", 0.0)
        .containsEntry("outputDropout", 0.0)
        .containsEntry("labelSmoothing", 0.0)
        .containsEntry("classWeightExponent", 0.0)
        .containsEntry("gradientNorm", 0.0)
        .containsEntry("averagingDecay", 0.0);
  }

  private static NetworkSummary summary(String id) {
    TrainingFile file = Preset.of(id).file();
    TextSettings text = file.settings().text();
    return NetworkSummary.of(
        file.settings().network(), NetworkSize.of(text, text.vocabularySize(), file.labels()));
  }

  @Test
  void preset_unknown_namesTheNearestOrAll() {
    assertThatThrownBy(() -> Preset.of("imdb-lstn"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("preset \"imdb-lstn\" does not exist; did you mean imdb-lstm?");
    assertThatThrownBy(() -> Preset.of("poems of spring"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "tweets-bilstm, tweets-conv1d, tweets-general, reviews-bilstm, reviews-conv1d",
            "doc-ngram");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tokens: 7 | tokns: 7 | my.yaml: line 3: text: tokns is no field of it; did you mean tokens?",
        "tokens: 7 | tokens: 0 | my.yaml: line 3: text: tokens is 0, but must be from 1 to 16384",
        "padding: front | padding: none | my.yaml: network: mask_zero is false, so all texts need one length",
        "units: 2 | units: -2 | my.yaml: line 7: layer 2 (lstm): units is -2, but must be from 1",
        "epochs: 3 | epochs: many | my.yaml: line 10: training: epochs is \"many\", but must be a whole number",
        "epochs: 3 | learning_rate: 0 | my.yaml: line 10: training: learning_rate is 0.0, but must be above 0",
        "epochs: 3 | epochs: 3\\ndata: {confidence_column: x} | my.yaml: line 11: data: confidence_column is there, but no bound",
        "epochs: 3 | epochs: 3\\ndata: {validation: 0} | my.yaml: data: validation is 0.0 and test 0.0",
        "network: | networks: | my.yaml: line 6: networks is no field of it; did you mean network?",
      })
  void parse_mistake_namesFileAndLine(String right, String wrong, String message) {
    String yaml =
        """
        text:
          tokenizer: prose
          tokens: 7
          padding: front
        network:
          - embedding: {size: 3, mask_zero: false}
          - lstm: {units: 2}
          - dense: {activation: softmax}
        training:
          epochs: 3
        """;
    assertThat(yaml).contains(right);
    assertThat(TrainingFile.parse("my.yaml", yaml).settings().maximumEpochs()).isEqualTo(3);

    assertThatThrownBy(
            () -> TrainingFile.parse("my.yaml", yaml.replace(right, wrong.replace("\\n", "\n"))))
        .isInstanceOf(InvalidInputException.class)
        .message()
        .startsWith(message)
        .doesNotContain("\n");
  }

  static Stream<UnaryOperator<TrainingSettings.Builder>> wrongSettings() {
    return Stream.of(
        builder -> builder.batchSize(0),
        builder -> builder.maximumEpochs(0),
        builder -> builder.patience(0),
        builder -> builder.learningRate(0),
        builder -> builder.learningRate(Double.NaN),
        builder -> builder.wordDropout(1),
        builder -> builder.embeddingDropout(-0.1),
        builder -> builder.outputDropout(1.5),
        builder -> builder.labelSmoothing(Double.NaN),
        builder -> builder.classWeighting(ClassWeighting.byCount(-1)),
        builder -> builder.meanScale(0),
        builder -> builder.l2(Double.POSITIVE_INFINITY),
        builder -> builder.gradientNorm(-1),
        builder -> builder.averagingDecay(1),
        builder -> builder.minimumChange(-1),
        builder -> builder.gradientValue(Double.NaN),
        builder -> builder.schedule(RateSchedule.of(Decay.STEP).withEpochs(0)),
        builder -> builder.schedule(RateSchedule.of(Decay.STEP).withFactor(0)),
        builder -> builder.schedule(RateSchedule.of(Decay.LINEAR).withLast(1)),
        builder -> builder.schedule(RateSchedule.of(Decay.LINEAR).withWarmUp(-0.1)));
  }

  @ParameterizedTest
  @MethodSource("wrongSettings")
  void settings_outOfRange_areRefused(UnaryOperator<TrainingSettings.Builder> change) {
    TrainingSettings.Builder builder = change.apply(VALID.toBuilder());

    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("training: ");
  }

  @Test
  void settings_builderUnchanged_givesEqualSettings() {
    assertThat(VALID.toBuilder().build()).isEqualTo(VALID);
  }

  @Test
  void settings_described_nameEachButNetworkTextAndSeed() {
    assertThat(VALID.describe())
        .containsOnlyKeys(
            TrainingFields.ALL.stream()
                .map(TrainingField::setting)
                .filter(name -> !name.equals("classWeights") && !name.equals("vectors"))
                .toList())
        .containsEntry("batchSize", VALID.batchSize())
        .containsEntry("selection", "loss");
  }

  /** So many examples of each label. */
  private static List<Example> examples(int... counts) {
    return IntStream.range(0, counts.length)
        .boxed()
        .flatMap(
            label ->
                IntStream.range(0, counts[label]).mapToObj(i -> new Example(new int[] {1}, label)))
        .toList();
  }
}
