package io.sentimentstreams.cli;

import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.model.PageFile;
import io.sentimentstreams.report.ComparedModel;
import io.sentimentstreams.report.Comparison;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sentiment compare}: models side by side. */
@Command(
    name = "compare",
    header = "Put models side by side.",
    description =
        "%nShows what the bundles say of themselves: measures, those of the linear baseline, size,"
            + " epochs and time of the training; and which measures are of the same texts.",
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%nParameters:%n",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment compare models/*",
      "  sentiment compare models/tweets-bilstm models/mine --html compared.html"
    })
final class CompareCommand implements Callable<Integer> {
  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @Parameters(
      arity = "1..*",
      paramLabel = "BUNDLE",
      description = "The models, such as models/tweets-bilstm.")
  private List<Path> models = new ArrayList<>();

  @Option(
      names = "--json",
      description =
          "Write one JSON object instead: models, each with name, network, parameters, epochs,"
              + " trainingSeconds, results.")
  private boolean json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page too: one HTML file, readable without a network.")
  private @Nullable Path html;

  CompareCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Logs.forPeople(common.verbose);
    if (html != null) {
      PageFile.requireName(html);
    }
    Comparison comparison =
        new Comparison(
            models.stream()
                .map(
                    model ->
                        ComparedModel.of(
                            model.toString(), ModelBundle.load(ModelOptions.folder(shell, model))))
                .toList());
    if (html != null) {
      PageFile.write(html, comparison.html());
    }
    shell.out().println(json ? comparison.json() : comparison.table());
    BrokenPipeException.flush(shell.out());
    return ExitCode.DONE;
  }
}
