package io.sentimentstreams.report;

import io.sentimentstreams.model.EpochReport;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Measures;
import io.sentimentstreams.model.ModelManifest;
import io.sentimentstreams.model.NetworkSummary;
import io.sentimentstreams.report.LineChart.Measured;
import io.sentimentstreams.train.Evaluation;
import io.sentimentstreams.train.LinearBaseline;
import io.sentimentstreams.train.NetworkText;
import io.sentimentstreams.train.Reliability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the templates show. */
record Page(
    ModelManifest manifest,
    String version,
    String network,
    NetworkSummary layers,
    long ngrams,
    Measures measures,
    String note,
    Reliability calibration,
    List<DataPart> parts,
    LengthChart lengths,
    List<Comparison> comparisons,
    List<Quote> mistakes,
    List<Quote> samples,
    List<Fact> settings,
    List<Fact> origin) {

  /**
   * A name and its value.
   *
   * @param name for people
   * @param value as text
   */
  record Fact(String name, String value) {}

  /**
   * The network beside the linear baseline on the same texts.
   *
   * @param verdict in a sentence
   * @param won whether the network is better
   */
  record Comparison(Measures network, Measures linear, String verdict, boolean won) {}

  static Page of(Report report) {
    ModelManifest manifest = report.bundle().manifest();
    Labels labels = manifest.model().labels();
    return new Page(
        manifest,
        report.bundle().version(),
        NetworkText.of(manifest),
        report.bundle().summary(),
        report.bundle().parameters() - report.bundle().summary().parameters(),
        Evaluation.measures(report.part(), labels, report.judged()),
        report.note(),
        Reliability.of(report.judged()),
        report.parts(),
        LengthChart.of(tokens(report.parts()), manifest.model().text().maximumTokens()),
        comparisons(manifest.measures()),
        Quote.mistakes(report.judged(), labels, report.quotes()),
        Quote.samples(report.judged(), labels, report.quotes(), report.seed()),
        PageFacts.settings(manifest),
        PageFacts.origin(report.bundle()));
  }

  private static int[] tokens(List<DataPart> parts) {
    return parts.stream().flatMapToInt(part -> Arrays.stream(part.tokens())).toArray();
  }

  private static List<Comparison> comparisons(List<Measures> all) {
    List<Comparison> comparisons = new ArrayList<>();
    for (Measures network : all) {
      Optional<Measures> linear = LinearBaseline.beside(all, network);
      if (linear.isPresent()) {
        comparisons.add(
            new Comparison(
                network,
                linear.get(),
                LinearBaseline.verdict(network, linear.get()),
                LinearBaseline.isBeaten(network, linear.get())));
      }
    }
    return comparisons;
  }

  String name() {
    return manifest.model().name();
  }

  Labels labels() {
    return manifest.model().labels();
  }

  List<EpochReport> epochs() {
    return manifest.epochs();
  }

  /** The epoch that was kept, 0 where it is not known. */
  int bestEpoch() {
    return epochs().stream().filter(EpochReport::best).mapToInt(EpochReport::epoch).max().orElse(0);
  }

  /** The most important numbers. */
  List<Fact> tiles() {
    List<Fact> tiles =
        new ArrayList<>(
            List.of(
                new Fact("Accuracy", Numbers.share(measures.accuracy())),
                new Fact("Macro F1", Numbers.share(measures.macroF1())),
                new Fact("Macro recall", Numbers.share(measures.macroRecall())),
                new Fact("Calibration error", Numbers.share(calibration.error())),
                new Fact("Parameters", Numbers.count(layers.parameters() + ngrams))));
    if (!epochs().isEmpty()) {
      tiles.add(new Fact("Training time", Numbers.duration(manifest.trainingSeconds())));
    }
    return tiles;
  }

  /** The learning curves. */
  List<LineChart> curves() {
    return List.of(
        LineChart.of(
            "loss",
            "Loss",
            epochs(),
            List.of(
                new Measured("training", EpochReport::trainingLoss),
                new Measured("validation", EpochReport::validationLoss))),
        LineChart.of(
            "accuracy",
            "Accuracy and macro F1",
            epochs(),
            List.of(
                new Measured("accuracy, training", EpochReport::trainingAccuracy),
                new Measured("accuracy, validation", EpochReport::validationAccuracy),
                new Measured("macro F1, validation", EpochReport::validationMacroF1))));
  }

  CalibrationChart reliability() {
    return new CalibrationChart(calibration);
  }

  /** Indices of the labels. */
  List<Integer> labelNumbers() {
    return IntStream.range(0, labels().size()).boxed().toList();
  }

  /** Share of the texts of a true label that were labelled so. */
  double confusionShare(int truth, int predicted) {
    long support = measures.perClass().get(truth).support();
    return support == 0 ? 0 : (double) measures.confusion().get(truth).get(predicted) / support;
  }
}
