package io.sentimentstreams.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.corpus.LabelledText;
import io.sentimentstreams.corpus.Split;
import io.sentimentstreams.model.EpochReport;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Measures;
import io.sentimentstreams.model.NetworkSpec;
import io.sentimentstreams.model.Networks;
import io.sentimentstreams.text.TextEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class TrainerTest {
  private static final TrainingListener SILENT = new TrainingListener() {};

  /** A clock that advances by a second at each look. */
  private final AtomicLong seconds = new AtomicLong();

  private final Trainer trainer = new Trainer(() -> seconds.incrementAndGet() * 1_000_000_000L);

  static Stream<NetworkSpec> networks() {
    return Stream.of(GeneratedTexts.BILSTM, GeneratedTexts.CONV1D);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void train_learnableTexts_learnsThem(NetworkSpec network) {
    Split split = GeneratedTexts.split(160, 60);

    TrainingResult result = train(split, GeneratedTexts.settings(network));

    assertThat(result.validation().accuracy()).isGreaterThan(0.98);
    assertThat(result.epochs().get(0).trainingLoss()).isBetween(0.3, 1.5);
    assertThat(result.epochs().get(result.epochs().size() - 1).trainingLoss()).isLessThan(0.1);
    assertThat(result.end()).isEqualTo(TrainingResult.End.COMPLETED);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void train_allRegularisation_stillLearns(NetworkSpec network) {
    TrainingSettings settings =
        GeneratedTexts.regularised(network).toBuilder().maximumEpochs(12).build();

    TrainingResult result = train(GeneratedTexts.split(160, 60), settings);

    assertThat(result.validation().accuracy()).isGreaterThan(0.9);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void train_sameSeedTwice_givesTheSameWeightsBitForBit(NetworkSpec network) {
    Split split = GeneratedTexts.split(90, 30);
    TrainingSettings settings = GeneratedTexts.regularised(network);

    TrainingResult first = train(split, settings);
    TrainingResult second = train(split, settings);
    TrainingResult other = train(split, settings.toBuilder().seed(2).build());

    assertThat(second.weights()).isEqualTo(first.weights());
    assertThat(second.validation()).isEqualTo(first.validation());
    assertThat(other.weights()).isNotEqualTo(first.weights());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void train_result_holdsTheWeightsThatWereMeasured(NetworkSpec network) {
    Split split = GeneratedTexts.split(90, 30);

    TrainingResult result = train(split, GeneratedTexts.regularised(network));

    assertThat(measured(result, split.validation())).isEqualTo(result.validation());
    assertThat(result.validation().accuracy())
        .isEqualTo(result.epochs().get(result.bestEpoch() - 1).validationAccuracy());
  }

  @Test
  void train_validationLossTurns_stopsAndKeepsTheBestEpoch() {
    Split split = new Split(GeneratedTexts.texts(60, 1), shuffledLabels(60), List.of());
    TrainingSettings settings =
        GeneratedTexts.settings(GeneratedTexts.CONV1D).toBuilder()
            .maximumEpochs(40)
            .patience(2)
            .build();

    TrainingResult result = train(split, settings);

    assertThat(result.end()).isEqualTo(TrainingResult.End.EARLY_STOPPED);
    assertThat(result.epochs()).hasSize(result.bestEpoch() + 2);
    assertThat(result.epochs().stream().mapToDouble(e -> e.validationLoss()).min().orElseThrow())
        .isEqualTo(result.epochs().get(result.bestEpoch() - 1).validationLoss());
    assertThat(measured(result, split.validation())).isEqualTo(result.validation());
  }

  @Test
  void train_stopInTheFirstEpoch_keepsWhatItHasLearned() {
    AtomicInteger batches = new AtomicInteger();

    TrainingResult result = trainUntil(batches, 2);

    assertThat(batches).hasValue(2);
    assertThat(result.end()).isEqualTo(TrainingResult.End.STOP_REQUESTED);
    assertThat(result.epochs()).hasSize(1);
    assertThat(result.bestEpoch()).isEqualTo(1);
    assertThat(result.validation().rows()).isEqualTo(30);
  }

  @Test
  void train_stopInALaterEpoch_keepsTheBestFinishedOne() {
    AtomicInteger batches = new AtomicInteger();

    TrainingResult result = trainUntil(batches, 6 + 2);

    assertThat(batches).hasValue(8);
    assertThat(result.end()).isEqualTo(TrainingResult.End.STOP_REQUESTED);
    assertThat(result.epochs()).hasSize(1);
    assertThat(result.weights()).isEqualTo(trainUntil(new AtomicInteger(), 6).weights());
  }

  @Test
  void train_stopBeforeTheFirstStep_givesTheStartWeights() {
    AtomicInteger batches = new AtomicInteger();

    TrainingResult result = trainUntil(batches, 0);

    assertThat(batches).hasValue(0);
    assertThat(result.end()).isEqualTo(TrainingResult.End.STOP_REQUESTED);
  }

  @ParameterizedTest
  @EnumSource(Decay.class)
  void train_anyDecay_learns(Decay decay) {
    TrainingSettings settings =
        GeneratedTexts.settings(GeneratedTexts.CONV1D).toBuilder()
            .schedule(RateSchedule.of(decay).withFactor(0.8))
            .build();

    TrainingResult result = train(GeneratedTexts.split(160, 60), settings);

    assertThat(result.validation().accuracy()).isGreaterThan(0.95);
  }

  @Test
  void train_rateThatFallsToNothing_changesNothingMore() {
    Split split = GeneratedTexts.split(90, 30);
    TrainingSettings oneEpoch =
        GeneratedTexts.settings(GeneratedTexts.CONV1D).toBuilder()
            .schedule(RateSchedule.of(Decay.NONE))
            .maximumEpochs(1)
            .build();
    TrainingSettings more =
        oneEpoch.toBuilder()
            .schedule(RateSchedule.of(Decay.STEP).withFactor(1e-30))
            .maximumEpochs(3)
            .build();

    assertThat(train(split, more).weights()).isEqualTo(train(split, oneEpoch).weights());
  }

  @Test
  void train_plateau_lowersTheRateWhereItDoesNotGetBetter() {
    Split split = new Split(GeneratedTexts.texts(60, 1), shuffledLabels(60), List.of());
    TrainingSettings settings =
        GeneratedTexts.settings(GeneratedTexts.CONV1D).toBuilder()
            .schedule(RateSchedule.of(Decay.PLATEAU).withFactor(1e-30))
            .build();

    List<EpochReport> epochs = train(split, settings).epochs();

    double last = epochs.get(epochs.size() - 1).validationLoss();
    assertThat(epochs).hasSize(12);
    assertThat(epochs.get(epochs.size() - 2).validationLoss()).isEqualTo(last);
    assertThat(epochs.get(0).validationLoss()).isNotEqualTo(last);
  }

  @Test
  void train_changesBelowTheLeast_endIt() {
    TrainingSettings settings =
        GeneratedTexts.settings(GeneratedTexts.CONV1D).toBuilder()
            .patience(2)
            .minimumChange(100)
            .build();

    TrainingResult result = train(GeneratedTexts.split(90, 30), settings);

    assertThat(result.end()).isEqualTo(TrainingResult.End.EARLY_STOPPED);
    assertThat(result.epochs()).hasSize(3);
    assertThat(result.bestEpoch()).isEqualTo(3);
  }

  @Test
  void train_gradientsCutToNothing_learnNothing() {
    Split split = GeneratedTexts.split(90, 30);
    TrainingSettings free =
        GeneratedTexts.settings(GeneratedTexts.CONV1D).toBuilder().maximumEpochs(1).build();
    TrainingSettings loose = free.toBuilder().gradientValue(1e6).build();
    TrainingSettings tight = free.toBuilder().gradientValue(1e-12).build();

    double lossOfLoose = train(split, loose).epochs().get(0).validationLoss();
    assertThat(lossOfLoose)
        .isEqualTo(
            train(split, free.toBuilder().gradientNorm(0).build())
                .epochs()
                .get(0)
                .validationLoss());
    assertThat(train(split, tight).epochs().get(0).validationLoss()).isGreaterThan(lossOfLoose);
  }

  @Test
  void train_heavyLabel_isGivenMoreOften() {
    Split split = new Split(GeneratedTexts.texts(60, 1), shuffledLabels(60), List.of());
    TrainingSettings settings =
        GeneratedTexts.settings(GeneratedTexts.CONV1D).toBuilder()
            .maximumEpochs(1)
            .classWeighting(new ClassWeighting(0, Map.of("good", 1000.0)))
            .build();

    Measures measures = train(split, settings).validation();

    assertThat(measures.confusion().stream().mapToLong(row -> row.get(1)).sum()).isGreaterThan(50);
  }

  @Test
  void train_learningRateTooHigh_namesIt() {
    TrainingSettings settings =
        GeneratedTexts.settings(GeneratedTexts.CONV1D).toBuilder()
            .learningRate(1e30)
            .gradientNorm(0)
            .build();

    assertThatThrownBy(() -> train(GeneratedTexts.split(90, 30), settings))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("diverged", "1.0E30");
  }

  @Test
  void train_divergedByAnEpochsLastStep_isNoResult() {
    TrainingSettings settings =
        GeneratedTexts.settings(GeneratedTexts.CONV1D).toBuilder()
            .learningRate(1e30)
            .gradientNorm(0)
            .batchSize(90)
            .maximumEpochs(1)
            .build();

    assertThatThrownBy(() -> train(GeneratedTexts.split(90, 30), settings))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("diverged", "1.0E30");
  }

  @Test
  void train_labelThatIsUnknown_namesIt() {
    Labels labels = new Labels(List.of("bad", "good"));
    Split split = GeneratedTexts.split(30, 30);
    TrainingSettings settings = GeneratedTexts.settings(GeneratedTexts.CONV1D);

    assertThatThrownBy(() -> trainer.train(split, labels, settings, SILENT, () -> false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("plain", "bad, good");
  }

  @Test
  void train_noValidationText_isRefused() {
    Split split = new Split(GeneratedTexts.texts(30, 1), List.of(), List.of());

    assertThatThrownBy(() -> train(split, GeneratedTexts.settings(GeneratedTexts.CONV1D)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("validation");
  }

  @Test
  void train_networkOfOneSigmoidUnitOnThreeLabels_isRefused() {
    TrainingSettings settings = Preset.of("imdb-lstm").settings();

    assertThatThrownBy(() -> train(GeneratedTexts.split(30, 9), settings))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is for 2 labels, but there are 3");
  }

  @Test
  void train_listener_isToldOfEveryBatchAndEpoch() {
    List<TrainingListener.BatchReport> batches = new ArrayList<>();
    List<EpochReport> epochs = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void batchDone(BatchReport report) {
            batches.add(report);
          }

          @Override
          public void epochDone(EpochReport report) {
            epochs.add(report);
          }
        };
    TrainingSettings settings =
        GeneratedTexts.settings(GeneratedTexts.CONV1D).toBuilder().maximumEpochs(2).build();

    TrainingResult result =
        trainer.train(
            GeneratedTexts.split(90, 30), GeneratedTexts.LABELS, settings, listener, () -> false);

    assertThat(epochs).isEqualTo(result.epochs());
    assertThat(epochs).allSatisfy(epoch -> assertThat(epoch.seconds()).isEqualTo(1));
    assertThat(batches).extracting(TrainingListener.BatchReport::batches).containsOnly(6);
    assertThat(batches)
        .extracting(TrainingListener.BatchReport::batch)
        .containsExactly(1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6);
    assertThat(batches.get(5).loss()).isCloseTo(epochs.get(0).trainingLoss(), within(1e-12));
    assertThat(batches.get(11).accuracy()).isBetween(batches.get(0).accuracy(), 1.0);
  }

  private TrainingResult train(Split split, TrainingSettings settings) {
    return trainer.train(split, GeneratedTexts.LABELS, settings, SILENT, () -> false);
  }

  /** Trains on batches of 16 of 90 texts, 6 an epoch, until so many are done. */
  private TrainingResult trainUntil(AtomicInteger batches, int last) {
    TrainingListener counter =
        new TrainingListener() {
          @Override
          public void batchDone(BatchReport report) {
            batches.incrementAndGet();
          }
        };
    return trainer.train(
        GeneratedTexts.split(90, 30),
        GeneratedTexts.LABELS,
        GeneratedTexts.settings(GeneratedTexts.CONV1D),
        counter,
        () -> batches.get() >= last);
  }

  /** Measures a result's weights in a graph of their own, a text at a time. */
  private static Measures measured(TrainingResult result, List<LabelledText> texts) {
    NetworkSpec network = result.settings().network();
    ComputationGraph graph =
        Networks.build(network, result.vocabulary().size(), result.labels().size(), null, 99);
    Networks.setWeights(graph, network, result.weights());
    TextEncoder encoder = new TextEncoder(result.settings().text(), result.vocabulary());
    int[] truth = new int[texts.size()];
    int[] predicted = new int[texts.size()];
    for (int row = 0; row < texts.size(); row++) {
      int[] ids = encoder.encode(texts.get(row).text()).ids();
      truth[row] = result.labels().indexOf(texts.get(row).label());
      predicted[row] = Scores.best(Networks.probabilities(graph, List.of(ids))[0]);
    }
    return Evaluation.measures("validation", result.labels(), truth, predicted);
  }

  /** Texts whose labels say nothing: nothing can be learned that holds for them. */
  private static List<LabelledText> shuffledLabels(int count) {
    Random random = new Random(3);
    List<LabelledText> texts = GeneratedTexts.texts(count, 4);
    return IntStream.range(0, count)
        .mapToObj(i -> new LabelledText(texts.get(i).text(), label(random), null))
        .toList();
  }

  private static String label(Random random) {
    return GeneratedTexts.LABELS.name(random.nextInt(GeneratedTexts.LABELS.size()));
  }
}
