package io.sentimentstreams.cli;

import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.model.OnnxFile;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sentiment export}: a model as an ONNX file. */
@Manual(files = ModelOptions.FILE)
@Command(
    name = "export",
    header = "Write a model as an ONNX file.",
    description =
        "%nThe file holds the network with its weights, for any ONNX runtime: from token ids to"
            + " probabilities. The tokens stay this program's: what they are is in the file's"
            + " metadata and the model's vocabulary.txt.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nInput and output of the network:%n",
    footer = {
      "  ids            int64 [batch, time]      a row a text, padded at the end with 0",
      "  ngrams         int64 [batch, ngrams]    lines, from 1, of its n-grams in ngrams.txt,",
      "                                          each once, filled up with 0; for a model that",
      "                                          has n-grams",
      "  probabilities  float32 [batch, labels]  in the order of the metadata's labels",
      "",
      "Examples:",
      "  sentiment export --model models/tweets-bilstm --out tweets-bilstm.onnx"
    })
final class ExportCommand implements Callable<Integer> {
  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it: it is required
  @Option(
      names = "--model",
      required = true,
      paramLabel = "FOLDER",
      description = "The model, such as models/tweets-bilstm.")
  private Path model;

  @SuppressWarnings("NullAway.Init") // picocli sets it: it is required
  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The file to write, or to replace: NAME" + OnnxFile.ENDING + ".")
  private Path out;

  ExportCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Logs.forPeople(common.verbose);
    OnnxFile.requireName(out);
    ModelBundle bundle = ModelBundle.load(ModelOptions.folder(shell, model));
    long bytes;
    try (TaskProgress progress = new TaskProgress(shell, System::nanoTime)) {
      progress.now("Writing " + out + " ...");
      bytes = OnnxFile.write(bundle, out);
    }
    shell
        .out()
        .println(
            String.format(
                Locale.ROOT,
                "%s: %s, labels %s, %.1f MB, operator set %d",
                out,
                bundle.name(),
                String.join(", ", bundle.manifest().model().labels().names()),
                bytes / 1e6,
                OnnxFile.OPERATOR_SET));
    BrokenPipeException.flush(shell.out());
    return ExitCode.DONE;
  }
}
