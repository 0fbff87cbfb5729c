package io.sentimentstreams.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.sentimentstreams.model.EpochReport;
import io.sentimentstreams.model.Measures;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.model.ModelManifest;
import io.sentimentstreams.model.Provenance;
import io.sentimentstreams.train.LinearBaseline;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model among others.
 *
 * @param name of the model
 * @param folder it was read from
 * @param version see {@link ModelBundle#version}
 * @param labels in its order
 * @param network in short
 * @param parameters of the network and its n-grams
 * @param bytes of weights, vocabulary and n-grams on disk
 * @param epochs of its training, 0 where they were not kept
 * @param bestEpoch whose weights were kept, 0 where it is not known
 * @param trainingSeconds of all epochs, 0 where they were not kept
 * @param results its measures, those of baselines left out
 */
public record ComparedModel(
    String name,
    String folder,
    String version,
    List<String> labels,
    String network,
    long parameters,
    long bytes,
    int epochs,
    int bestEpoch,
    double trainingSeconds,
    List<Result> results) {
  public ComparedModel {
    labels = List.copyOf(labels);
    results = List.copyOf(results);
  }

  /**
   * How it does on some texts.
   *
   * @param on a letter for the texts, the same for the same texts
   * @param texts what tells them from others
   * @param described the same for people
   * @param rows texts
   * @param linearAccuracy of the baseline on them, null where it was not measured
   * @param linearMacroF1 of the baseline on them, null where it was not measured
   */
  public record Result(
      String on,
      @JsonIgnore String texts,
      String described,
      long rows,
      double accuracy,
      double macroPrecision,
      double macroRecall,
      double macroF1,
      @Nullable Double linearAccuracy,
      @Nullable Double linearMacroF1) {}

  /**
   * What a bundle says of itself.
   *
   * @param folder for people
   */
  public static ComparedModel of(String folder, ModelBundle bundle) {
    ModelManifest manifest = bundle.manifest();
    return new ComparedModel(
        bundle.name(),
        folder,
        bundle.version(),
        manifest.model().labels().names(),
        manifest.model().network().code(),
        bundle.parameters(),
        manifest.weights().bytes() + manifest.vocabulary().bytes() + manifest.ngrams().bytes(),
        manifest.epochs().size(),
        manifest.epochs().stream()
            .filter(EpochReport::best)
            .mapToInt(EpochReport::epoch)
            .max()
            .orElse(0),
        manifest.trainingSeconds(),
        manifest.measures().stream()
            .filter(measures -> !LinearBaseline.isOfBaseline(measures))
            .map(measures -> result(manifest, measures))
            .toList());
  }

  private static Result result(ModelManifest manifest, Measures measures) {
    Provenance.DataDescription data = manifest.provenance().data();
    Provenance.SplitDescription split = data.split();
    Optional<Measures> linear = LinearBaseline.beside(manifest.measures(), measures);
    return new Result(
        "",
        "%s %s %s".formatted(data.sha256(), split, measures.data()),
        "%s of %s, %s texts (split with seed %d, SHA-256 %s...)"
            .formatted(
                measures.data(),
                data.name(),
                Numbers.count(measures.rows()),
                split.seed(),
                data.sha256().substring(0, 8)),
        measures.rows(),
        measures.accuracy(),
        measures.macroPrecision(),
        measures.macroRecall(),
        measures.macroF1(),
        linear.map(Measures::accuracy).orElse(null),
        linear.map(Measures::macroF1).orElse(null));
  }

  /** Names the texts by letters: {@code A} for the first of the list. */
  ComparedModel withLetters(List<String> texts) {
    return new ComparedModel(
        name,
        folder,
        version,
        labels,
        network,
        parameters,
        bytes,
        epochs,
        bestEpoch,
        trainingSeconds,
        results.stream().map(result -> withLetter(result, texts)).toList());
  }

  private static Result withLetter(Result result, List<String> texts) {
    return new Result(
        letter(texts.indexOf(result.texts())),
        result.texts(),
        result.described(),
        result.rows(),
        result.accuracy(),
        result.macroPrecision(),
        result.macroRecall(),
        result.macroF1(),
        result.linearAccuracy(),
        result.linearMacroF1());
  }

  /** A to Z, then A1 to Z1, and so on. */
  private static String letter(int number) {
    int letters = 'Z' - 'A' + 1;
    return (char) ('A' + number % letters) + (number < letters ? "" : "" + number / letters);
  }
}
