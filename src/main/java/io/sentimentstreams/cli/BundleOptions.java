package io.sentimentstreams.cli;

import io.sentimentstreams.corpus.Corpus;
import io.sentimentstreams.corpus.LabelledText;
import io.sentimentstreams.corpus.Split;
import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.Device;
import io.sentimentstreams.model.Measures;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.model.ModelSpec;
import io.sentimentstreams.model.Precision;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.Provenance;
import io.sentimentstreams.model.TextClassifier;
import io.sentimentstreams.train.ModelCard;
import io.sentimentstreams.train.References;
import io.sentimentstreams.train.Reliability;
import io.sentimentstreams.train.TrainingResult;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where the bundle of what was trained goes, and how it is made. */
@Manual(
    files = {
      "manifest.json: of the bundle: network, settings, measures, hashes",
      "weights.safetensors: of the bundle: the weights",
      "vocabulary.txt, ngrams.txt: of the bundle: tokens and n-grams",
      "MODEL.md, report.html: of the bundle: card and report"
    })
final class BundleOptions {
  @SuppressWarnings("NullAway.Init") // picocli sets it: it is required
  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Where the bundle goes: a new folder, or a bundle to replace.")
  private Path out;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The model's name (default: that of the folder).")
  private @Nullable String name;

  @Option(
      names = "--weights",
      completionCandidates = Candidates.Weights.class,
      defaultValue = "half",
      paramLabel = "SIZE",
      converter = WeightSize.Converter.class,
      description = "Store the weights as half (16 bits) or float (32) (default: half).")
  private WeightSize weights = WeightSize.HALF;

  @Option(
      names = "--device",
      completionCandidates = Candidates.Devices.class,
      defaultValue = "auto",
      paramLabel = "DEVICE",
      converter = DeviceConverter.class,
      description = "Where to compute: " + Device.CODES + " (default: ${DEFAULT-VALUE}).")
  private Device device = Device.AUTO;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private QuoteOptions quotes;

  /** How the weights are stored, in words that users know. */
  enum WeightSize {
    HALF(Precision.F16),
    FLOAT(Precision.F32);

    private final Precision precision;

    WeightSize(Precision precision) {
      this.precision = precision;
    }

    /** Reads {@code half} or {@code float}. */
    static final class Converter implements ITypeConverter<WeightSize> {
      @Override
      public WeightSize convert(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
          case "half" -> HALF;
          case "float" -> FLOAT;
          default ->
              throw new TypeConversionException(
                  "\"%s\" is no size: give half or float".formatted(value));
        };
      }
    }
  }

  /**
   * What was trained, and from what.
   *
   * @param notes for the provenance, besides the settings
   */
  record Trained(
      Corpus corpus,
      Split split,
      Provenance.SplitDescription parts,
      TrainingResult result,
      String commandLine,
      Map<String, Object> notes) {}

  /**
   * A saved bundle.
   *
   * @param bundle with its measures
   * @param reliability of its scores, by the data's name
   */
  record Saved(ModelBundle bundle, Map<String, Reliability> reliability) {
    Saved {
      reliability = Collections.unmodifiableMap(new LinkedHashMap<>(reliability));
    }

    /** A sentence for each data on how far scores can be trusted. */
    List<String> sentences() {
      return reliability.entrySet().stream()
          .map(entry -> entry.getValue().sentence(entry.getKey()) + ".")
          .toList();
    }
  }

  Path out() {
    return out;
  }

  /** Checks name and folder, before there is a bundle. */
  void requireUsable() {
    ModelSpec.requireName(modelName());
    ModelBundle.requireSavable(out);
  }

  private String modelName() {
    if (name != null) {
      return name;
    }
    Path folder = out.toAbsolutePath().normalize().getFileName();
    return folder == null ? "" : folder.toString();
  }

  private ModelBundle bundle(Trained trained) {
    TrainingResult result = trained.result();
    ModelSpec model =
        new ModelSpec(
            modelName(),
            result.settings().network(),
            result.labels(),
            result.settings().text(),
            result.scoring().calibration());
    return ModelBundle.create(
            model,
            result.vocabulary(),
            result.weights(),
            result.scoring().ngrams(),
            weights.precision,
            provenance(trained),
            List.of())
        .withEpochs(result.epochs());
  }

  /**
   * Measures what is to be saved, whose weights are rounded already, and saves it.
   *
   * @return the bundle with its measures
   */
  Saved save(Trained trained, List<Measures> baseline, TaskProgress progress) {
    ModelBundle bundle = bundle(trained);
    try (TextClassifier classifier = TextClassifier.of(bundle, BackendKind.AUTO, device, 1)) {
      SplitReport report = new SplitReport(trained.split(), classifier, progress);
      List<Measures> measures = new ArrayList<>(report.measures());
      measures.addAll(baseline);
      List<LabelledText> held = trained.split().validation();
      ModelBundle measured =
          bundle
              .withMeasures(measures)
              .withReference(
                  References.of(
                      "validation",
                      classifier,
                      held,
                      progress.of("describing validation", "texts", held.size())));
      String card =
          ModelCard.markdown(
              measured.manifest(),
              report.reliability(),
              trained.result().epochs(),
              examples(classifier));
      measured.save(out, card, report.page(measured, quotes.most()));
      return new Saved(measured, report.reliability());
    }
  }

  private static List<ModelCard.Output> examples(TextClassifier classifier) {
    List<String> texts =
        ModelCard.exampleTexts(classifier.bundle().manifest().model().text().tokenizer());
    List<Prediction> predictions =
        classifier.predict(texts.stream().map(classifier::encode).toList());
    return IntStream.range(0, texts.size())
        .mapToObj(i -> new ModelCard.Output(texts.get(i), predictions.get(i)))
        .toList();
  }

  private static Provenance provenance(Trained trained) {
    Corpus corpus = trained.corpus();
    Map<String, Object> described = new LinkedHashMap<>(trained.result().settings().describe());
    if (trained.result().vectors() != null) {
      described.putAll(trained.result().vectors().describe());
    }
    described.putAll(trained.notes());
    return new Provenance(
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        new Provenance.DataDescription(
            corpus.name(), corpus.sha256(), corpus.texts().size(), trained.parts()),
        trained.result().settings().seed(),
        BuildVersions.forProvenance(),
        trained.commandLine(),
        described);
  }
}
