package io.sentimentstreams.cli;

import static java.util.Objects.requireNonNullElseGet;

import io.sentimentstreams.corpus.Corpus;
import io.sentimentstreams.corpus.Split;
import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.Device;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.model.PageFile;
import io.sentimentstreams.model.TextClassifier;
import io.sentimentstreams.report.DataPart;
import io.sentimentstreams.report.Report;
import io.sentimentstreams.train.Evaluation;
import io.sentimentstreams.train.Judged;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sentiment report}: a model and how it does, on one HTML page. */
@Command(
    name = "report",
    header = "Write a page that shows how well a model does.",
    description =
        "%nOne HTML file, to be read in any browser without a network: learning curves, confusion,"
            + " calibration, lengths, mistakes, network, settings. 'sentiment train' writes one into"
            + " each bundle; this command makes one for a bundle without, or on other texts.",
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%nParameters:%n",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment report models/tweets-bilstm --data Tweets.csv.gz",
      "  sentiment report models/tweets-bilstm --data mine.csv --out mine.html",
      "",
      "Where the data is what the model was trained on, the model is judged on the texts that",
      "were kept for validation or test; else on all of them."
    })
final class ReportCommand implements Callable<Integer> {
  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it: it is required
  @Parameters(paramLabel = "BUNDLE", description = "The model, such as models/tweets-bilstm.")
  private Path model;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private TrainedDataOptions data;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The page to write or replace (default: report.html in the bundle).")
  private @Nullable Path out;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private QuoteOptions quotes;

  @Option(
      names = "--device",
      completionCandidates = Candidates.Devices.class,
      defaultValue = "auto",
      paramLabel = "DEVICE",
      converter = DeviceConverter.class,
      description = "Where to compute: " + Device.CODES + " (default: ${DEFAULT-VALUE}).")
  private Device device = Device.AUTO;

  ReportCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Logs.forPeople(common.verbose);
    Path folder = ModelOptions.folder(shell, model);
    Path file = requireNonNullElseGet(out, () -> folder.resolve(ModelBundle.REPORT));
    PageFile.requireName(file);
    int most = quotes.most();
    ModelBundle bundle = ModelBundle.load(folder);
    try (TaskProgress progress = new TaskProgress(shell, System::nanoTime);
        TextClassifier classifier = TextClassifier.of(bundle, BackendKind.AUTO, device, 1)) {
      progress.now("Reading the data ...");
      Corpus corpus = data.read(bundle.manifest().provenance());
      PageFile.write(file, page(corpus, classifier, most, progress));
    }
    shell.out().println("The report is in " + file + ".");
    BrokenPipeException.flush(shell.out());
    return ExitCode.DONE;
  }

  private static String page(
      Corpus corpus, TextClassifier classifier, int most, TaskProgress progress) {
    Optional<Split> split =
        TrainedDataOptions.split(corpus, classifier.bundle().manifest().provenance());
    if (split.isPresent()) {
      return new SplitReport(split.get(), classifier, progress).page(classifier.bundle(), most);
    }
    List<Judged> judged =
        Evaluation.judge(
            corpus.name(),
            classifier,
            corpus.texts(),
            progress.of("labelling", "texts", corpus.texts().size()));
    return new Report(
            classifier.bundle(),
            corpus.name(),
            judged,
            List.of(DataPart.of(corpus.name(), corpus.texts(), classifier.bundle())),
            "They are not, as a whole, the data that the model was trained on, or are split"
                + " otherwise: where it was trained on some of them, it looks better than it is.",
            most,
            classifier.bundle().manifest().provenance().seed())
        .html();
  }
}
