package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.corpus.Corpus;
import io.sentimentstreams.corpus.LabelledText;
import io.sentimentstreams.corpus.Split;
import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.Device;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.model.Reference;
import io.sentimentstreams.model.TextClassifier;
import io.sentimentstreams.train.References;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sentiment models reference}: tells a bundle what texts of its data are like. */
@Command(
    name = "reference",
    header = "Add to a model what its data is like, for the drift meters.",
    description =
        "%nThe manifest gets the distributions of unknown words, lengths, scores and labels on the"
            + " validation texts of the model's training, which the weights have not seen. 'sentiment"
            + " train' writes them; this command is for models of before. The model's version stays.",
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%nParameters:%n",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment models reference models/tweets-bilstm --data Tweets.csv.gz",
    })
final class ModelsReferenceCommand implements Callable<Integer> {
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

  ModelsReferenceCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Logs.forPeople(common.verbose);
    Path folder = ModelOptions.folder(shell, model);
    ModelBundle bundle = ModelBundle.load(folder);
    try (TaskProgress progress = new TaskProgress(shell, System::nanoTime);
        TextClassifier classifier = TextClassifier.of(bundle, BackendKind.AUTO, Device.AUTO, 1)) {
      progress.now("Reading the data ...");
      Corpus corpus = data.read(bundle.manifest().provenance());
      List<LabelledText> texts = texts(corpus, bundle);
      Reference reference =
          References.of(
              "validation", classifier, texts, progress.of("labelling", "texts", texts.size()));
      bundle.withReference(reference).saveManifest(folder);
    }
    shell.out().println("Model " + folder + " tells now what its validation texts are like.");
    BrokenPipeException.flush(shell.out());
    return ExitCode.DONE;
  }

  private static List<LabelledText> texts(Corpus corpus, ModelBundle bundle) {
    Optional<Split> split = TrainedDataOptions.split(corpus, bundle.manifest().provenance());
    return split
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "data %s: is not what model %s was trained on, or cannot be split as it was; give the same file, --group-column and options as to 'sentiment train'"
                        .formatted(corpus.name(), bundle.name())))
        .validation();
  }
}
