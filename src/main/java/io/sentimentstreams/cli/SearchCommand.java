package io.sentimentstreams.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sentimentstreams.corpus.Corpus;
import io.sentimentstreams.corpus.Split;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.train.DataSettings;
import io.sentimentstreams.train.Search;
import io.sentimentstreams.train.SearchResult;
import io.sentimentstreams.train.SearchRun;
import io.sentimentstreams.train.SearchSpace;
import io.sentimentstreams.train.Selection;
import io.sentimentstreams.train.TrainingListener;
import io.sentimentstreams.train.TrainingResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code sentiment search}: trains with many settings and keeps the best model. */
@Command(
    name = "search",
    header = "Train with many settings, and keep the best model.",
    description =
        "%nTrains one model for each combination of the values in a file, shows all side by side,"
            + " the best first, and keeps the best as a bundle. Ctrl-C ends it; --resume goes on.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment search --space examples/search-tweets.yaml --data Tweets.csv.gz \\",
      "      --out models/best",
      "  sentiment search --space mine.yaml --data aclImdb --out models/best --resume --json"
    })
final class SearchCommand implements Callable<Integer> {
  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it: it is required
  @Option(
      names = "--space",
      required = true,
      paramLabel = "FILE",
      description = "YAML file of the fields and the values to try; see examples/.")
  private Path space;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private DataOptions data;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private SplitOptions parts;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private BundleOptions bundles;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--by",
      paramLabel = "MEASURE",
      converter = MeasureConverter.class,
      description =
          "What ranks the runs and chooses each one's best epoch: loss, accuracy, macro_f1,"
              + " macro_recall (default: as the file says, or loss).")
  private @Nullable Selection measure;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "Seed of the split, of each training and of what is drawn (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--checkpoint",
      paramLabel = "FOLDER",
      description =
          "Keep results there, and what the running training needs to go on after a kill (default:"
              + " that of --out with .search at its end).")
  private @Nullable Path folder;

  @Option(
      names = "--resume",
      description = "Go on with what the folder of --checkpoint holds; where there is none, begin.")
  private boolean resume;

  @Option(
      names = "--json",
      description = "Write the results as one JSON array, the best first, in place of the table.")
  private boolean json;

  /** Reads a measure's name in any case. */
  private static final class MeasureConverter implements ITypeConverter<Selection> {
    @Override
    public Selection convert(String value) {
      for (Selection one : Selection.values()) {
        if (one.name().equalsIgnoreCase(value)) {
          return one;
        }
      }
      throw new TypeConversionException(
          "\"%s\" is no measure: give loss, accuracy, macro_f1 or macro_recall".formatted(value));
    }
  }

  SearchCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    Logs.forPeople(common.verbose);
    SearchSpace given = SearchSpace.read(space);
    SearchSpace wanted = measure == null ? given : given.by(measure);
    List<SearchRun> runs = wanted.runs(seed);
    bundles.requireUsable();
    Search search = new Search(folder(), System::nanoTime);
    search.requireUsable(resume);
    DataSettings defaults = wanted.data();
    Corpus corpus = data.read(parts.groupColumn(), defaults.confidence());
    Split split = parts.split(corpus, defaults, seed);
    StatusLine screen = new StatusLine(shell.err(), shell.errIsTerminal());
    screen.line(SplitOptions.text(corpus, split));
    screen.line("%,d runs, the best by %s".formatted(runs.size(), code(wanted.measure())));
    Runnable told =
        () -> screen.line("Stopping: --resume goes on from here. Ctrl-C again ends at once.");
    List<SearchResult> results;
    try (StopRequest stop = new StopRequest(shell.signals(), told)) {
      Progress progress = new Progress(corpus, split, defaults, runs.size(), screen);
      results =
          search.run(runs, wanted.measure(), split, new Labels(corpus.labels()), progress, stop);
    }
    show(results, runs.size());
    BrokenPipeException.flush(shell.out());
    return ExitCode.DONE;
  }

  private static String code(Selection measure) {
    return measure.name().toLowerCase(Locale.ROOT);
  }

  private Path folder() {
    if (folder != null) {
      return folder;
    }
    Path out = bundles.out().toAbsolutePath().normalize();
    return out.resolveSibling(out.getFileName() + ".search");
  }

  private void show(List<SearchResult> results, int runs) throws JsonProcessingException {
    if (json) {
      shell.out().println(new JsonMapper().writeValueAsString(results));
      return;
    }
    shell.out().print(SearchTable.of(results));
    if (results.size() < runs) {
      shell
          .out()
          .println("%d of %d runs are done: --resume goes on.".formatted(results.size(), runs));
    }
    if (!results.isEmpty() && results.get(0).failure() == null) {
      shell
          .out()
          .println("The model of run %d is in %s.".formatted(results.get(0).run(), bundles.out()));
    }
  }

  /** Shows each run as a training is shown, and keeps the best model. */
  private final class Progress implements Search.Listener {
    private final Corpus corpus;
    private final Split split;
    private final DataSettings defaults;
    private final int runs;
    private final StatusLine screen;
    private @Nullable TrainingProgress training;
    private double seconds;
    private int done;

    Progress(Corpus corpus, Split split, DataSettings defaults, int runs, StatusLine screen) {
      this.corpus = corpus;
      this.split = split;
      this.defaults = defaults;
      this.runs = runs;
      this.screen = screen;
    }

    @Override
    public TrainingListener begins(SearchRun run) {
      screen.line("Run %d of %d: %s".formatted(run.number(), runs, run.text()));
      training = new TrainingProgress(shell, System::nanoTime);
      return training;
    }

    @Override
    public void best(SearchRun run, TrainingResult result) {
      Map<String, Object> notes = new LinkedHashMap<>(data.notes(corpus, defaults.confidence()));
      notes.putAll(parts.notes(split));
      notes.put("searchRun", run.number());
      bundles.save(
          new BundleOptions.Trained(
              corpus,
              split,
              parts.description(split, defaults, seed),
              result,
              CommandText.of(spec),
              notes),
          List.of(),
          Objects.requireNonNull(training).tasks());
    }

    @Override
    public void done(SearchResult result) {
      if (training != null) {
        training.close();
        training = null;
      }
      done++;
      seconds += result.seconds();
      screen.line(
          String.format(
              Locale.ROOT,
              "Run %d of %d: %s%s",
              result.run(),
              runs,
              outcome(result),
              done == runs
                  ? ""
                  : String.format(
                      Locale.ROOT,
                      "; about %.0f min for the others",
                      Math.ceil(seconds / done * (runs - done) / 60))));
    }

    private static String outcome(SearchResult result) {
      return result.failure() == null
          ? String.format(
              Locale.ROOT,
              "validation loss %.4f, accuracy %.4f, macro recall %.4f, macro F1 %.4f; %.0f s",
              result.loss(),
              result.accuracy(),
              result.macroRecall(),
              result.macroF1(),
              result.seconds())
          : "failed: " + result.failure();
    }
  }
}
