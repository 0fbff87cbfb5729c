package io.sentimentstreams.cli;

import static java.util.Objects.requireNonNullElse;

import io.sentimentstreams.corpus.ConfidenceCut;
import io.sentimentstreams.corpus.Corpus;
import io.sentimentstreams.corpus.Split;
import io.sentimentstreams.corpus.Splitter;
import io.sentimentstreams.corpus.VectorFile;
import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.Device;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Measures;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.model.ModelSpec;
import io.sentimentstreams.model.Precision;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.Provenance;
import io.sentimentstreams.model.TextClassifier;
import io.sentimentstreams.text.Texts;
import io.sentimentstreams.text.Tokenizer;
import io.sentimentstreams.train.Checkpoints;
import io.sentimentstreams.train.Evaluation;
import io.sentimentstreams.train.LinearBaseline;
import io.sentimentstreams.train.ModelCard;
import io.sentimentstreams.train.Trainer;
import io.sentimentstreams.train.TrainingResult;
import io.sentimentstreams.train.TrainingSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code sentiment train}: from labelled texts to a model bundle. */
@Command(
    name = "train",
    header = "Train a model on labelled texts.",
    description =
        "%nWrites the model as a bundle: a folder with weights, vocabulary, manifest and model"
            + " card. Ctrl-C ends the training and keeps the best so far.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment train --data Tweets.csv.gz --preset tweets-bilstm --out models/mine",
      "  sentiment train --data aclImdb --preset reviews-conv1d --out models/films",
      "  sentiment train --data posts.tsv --text-column body --label-column mood \\",
      "      --preset tweets-conv1d --epochs 5 --test 0.1 --out models/moods",
      "  sentiment train --data aclImdb --preset imdb-lstm --out models/films \\",
      "      --checkpoint films.training --resume",
      "  sentiment train --preset imdb-lstm --summary"
    })
final class TrainCommand implements Callable<Integer> {
  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private DataOptions data;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--group-column",
      paramLabel = "NAME",
      description = "Column of what texts may share, such as an author (default: none).")
  private @Nullable String groupColumn;

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
      names = "--validation",
      paramLabel = "SHARE",
      description =
          "Share of the texts that chooses the best epoch (default: the preset's, or 0.1).")
  private @Nullable Double validation;

  @Option(
      names = "--test",
      paramLabel = "SHARE",
      description = "Share of the texts for the final measures only (default: the preset's, or 0).")
  private @Nullable Double test;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private TrainingOptions training;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CheckpointOptions checkpointing;

  // "help" is deprecated, but nothing else lets an option do without the required ones.
  @SuppressWarnings("deprecation")
  @Option(
      names = "--summary",
      help = true,
      description =
          "Print each layer with its output's shape and its parameters, and train nothing; needs"
              + " neither --data nor --out.")
  private boolean summary;

  @Option(
      names = "--weights",
      defaultValue = "half",
      paramLabel = "SIZE",
      converter = WeightSize.Converter.class,
      description = "Store the weights as half (16 bits) or float (32) (default: half).")
  private WeightSize weights = WeightSize.HALF;

  @Option(
      names = "--device",
      defaultValue = "auto",
      paramLabel = "DEVICE",
      converter = DeviceConverter.class,
      description = "Where to compute: " + Device.CODES + " (default: ${DEFAULT-VALUE}).")
  private Device device = Device.AUTO;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private QuoteOptions quotes;

  @Option(
      names = "--no-baseline",
      description =
          "Do not train a linear model of n-grams on the same texts to compare the network with.")
  private boolean withoutBaseline;

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

  private TrainCommand(Shell shell) {
    this.shell = shell;
  }

  /** The command with all its options. */
  static CommandLine of(Shell shell) {
    TrainCommand command = new TrainCommand(shell);
    CommandLine line = new CommandLine(command);
    command.training.addFields(line.getCommandSpec());
    return line;
  }

  @Override
  public Integer call() {
    Logs.forPeople(common.verbose);
    if (summary) {
      shell.out().print(SummaryTable.of(training.summary()));
      return ExitCode.DONE;
    }
    TrainingSettings settings = training.settings();
    ModelSpec.requireName(modelName());
    ModelBundle.requireSavable(out);
    if (settings.vectors() != null) {
      VectorFile.require(settings.vectors(), settings.network().embeddingSize());
    }
    Checkpoints checkpoints = checkpointing.checkpoints();
    try (TrainingProgress progress = new TrainingProgress(shell, System::nanoTime)) {
      progress.tasks().now("Reading the data ...");
      Corpus corpus = data.read(groupColumn, training.data().confidence());
      Split split =
          Splitter.split(corpus, validation(), test(), settings.seed(), Texts::normalised);
      progress.say(
          "%s: %,d texts with the labels %s: %,d for training, %,d for validation, %,d for test"
              .formatted(
                  corpus.name(),
                  corpus.texts().size(),
                  String.join(", ", corpus.labels()),
                  split.training().size(),
                  split.validation().size(),
                  split.test().size()));
      train(corpus, split, settings, progress, checkpoints);
    }
    return ExitCode.DONE;
  }

  private void train(
      Corpus corpus,
      Split split,
      TrainingSettings settings,
      TrainingProgress progress,
      @Nullable Checkpoints checkpoints) {
    String goingOn = checkpoints == null ? "" : " --resume goes on from here later.";
    Runnable told =
        () ->
            progress.say(
                "Stopping: the best so far is kept.%s Ctrl-C again ends at once."
                    .formatted(goingOn));
    try (StopRequest stop = new StopRequest(shell.signals(), told)) {
      progress.tasks().now("Counting words, preparing the network ...");
      TrainingResult result =
          new Trainer(System::nanoTime)
              .train(split, new Labels(corpus.labels()), settings, progress, stop, checkpoints);
      progress.say(ending(result));
      List<Measures> baseline =
          withoutBaseline || stop.getAsBoolean() ? List.of() : baseline(split, result, progress);
      ModelBundle bundle =
          save(bundle(corpus, split, result), split, result, baseline, progress.tasks());
      if (checkpoints != null && result.end() != TrainingResult.End.STOP_REQUESTED) {
        checkpoints.delete();
      }
      progress.close();
      List<Measures> measures = bundle.manifest().measures();
      for (Measures one : measures) {
        print(one);
      }
      for (Measures one : measures) {
        LinearBaseline.verdict(measures, one).ifPresent(shell.out()::println);
      }
      shell.out().println("The model is in " + out + ".");
    }
  }

  /** The measures of a linear model on the parts of the data that the network is measured on. */
  private static List<Measures> baseline(
      Split split, TrainingResult result, TrainingProgress progress) {
    progress.say("Training a linear model of n-grams, to compare with ...");
    LinearBaseline linear =
        LinearBaseline.train(
            result.labels(),
            Tokenizer.of(result.settings().text().tokenizer()),
            split.training(),
            progress.tasks().of("linear model", "labels", result.labels().size()));
    List<Measures> measures = new ArrayList<>();
    measures.add(linear.evaluate("validation", split.validation()));
    if (!split.test().isEmpty()) {
      measures.add(linear.evaluate("test", split.test()));
    }
    return measures;
  }

  private static String ending(TrainingResult result) {
    String why =
        switch (result.end()) {
          case COMPLETED -> "All epochs are done";
          case EARLY_STOPPED -> "It does not get better";
          case STOP_REQUESTED -> "Stopped";
        };
    return "%s: the weights of epoch %d are kept.".formatted(why, result.bestEpoch());
  }

  private void print(Measures measures) {
    shell.out().println(Evaluation.table(measures));
    shell.out().println();
  }

  private String modelName() {
    if (name != null) {
      return name;
    }
    Path folder = out.toAbsolutePath().normalize().getFileName();
    return folder == null ? "" : folder.toString();
  }

  private ModelBundle bundle(Corpus corpus, Split split, TrainingResult result) {
    ModelSpec model =
        new ModelSpec(
            modelName(), result.settings().network(), result.labels(), result.settings().text());
    return ModelBundle.create(
            model,
            result.vocabulary(),
            result.weights(),
            weights.precision,
            provenance(corpus, split, result),
            List.of())
        .withEpochs(result.epochs());
  }

  /**
   * Measures what is to be saved, whose weights are rounded already, and saves it.
   *
   * @return the bundle with its measures
   */
  private ModelBundle save(
      ModelBundle bundle,
      Split split,
      TrainingResult result,
      List<Measures> baseline,
      TaskProgress progress) {
    try (TextClassifier classifier = TextClassifier.of(bundle, BackendKind.AUTO, device, 1)) {
      SplitReport report = new SplitReport(split, classifier, progress);
      List<Measures> measures = new ArrayList<>(report.measures());
      measures.addAll(baseline);
      ModelBundle measured = bundle.withMeasures(measures);
      String card = ModelCard.markdown(measured.manifest(), result.epochs(), examples(classifier));
      measured.save(out, card, report.page(measured, quotes.most()));
      return measured;
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

  private Provenance provenance(Corpus corpus, Split split, TrainingResult result) {
    TrainingSettings settings = result.settings();
    return new Provenance(
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        new Provenance.DataDescription(
            corpus.name(),
            corpus.sha256(),
            corpus.texts().size(),
            new Provenance.SplitDescription(
                settings.seed(),
                validation(),
                test(),
                split.training().size(),
                split.validation().size(),
                split.test().size())),
        settings.seed(),
        BuildVersions.forProvenance(),
        commandLine(),
        described(corpus, result));
  }

  private double validation() {
    return requireNonNullElse(validation, training.data().validation());
  }

  private double test() {
    return requireNonNullElse(test, training.data().test());
  }

  /** The settings, with what was left out of the data and what the vectors are for. */
  private Map<String, Object> described(Corpus corpus, TrainingResult result) {
    Map<String, Object> described = new LinkedHashMap<>(result.settings().describe());
    if (result.vectors() != null) {
      described.putAll(result.vectors().describe());
    }
    ConfidenceCut cut = data.confidence(training.data().confidence());
    if (cut != null && corpus.uncertainRows() > 0) {
      described.putAll(cut.describe(corpus));
    }
    return described;
  }

  private String commandLine() {
    List<String> arguments = spec.commandLine().getParent().getParseResult().originalArgs();
    return arguments.stream()
        .map(TrainCommand::quoted)
        .collect(Collectors.joining(" ", "sentiment ", ""));
  }

  private static String quoted(String argument) {
    return argument.matches("[\\w./:=@%+,-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
