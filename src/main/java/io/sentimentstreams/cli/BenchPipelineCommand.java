package io.sentimentstreams.cli;

import static java.util.Objects.requireNonNullElse;

import io.sentimentstreams.bench.PipelineBenchmark;
import io.sentimentstreams.bench.PipelineReport;
import io.sentimentstreams.bench.PipelineSettings;
import io.sentimentstreams.bench.PipelineTable;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sentiment bench pipeline}: the whole stream on a broker in the process. */
@Manual(files = ModelOptions.FILE)
@Command(
    name = "pipeline",
    header = "Measure the whole stream on a Kafka broker in this process.",
    description =
        "%nLets the stream work off a backlog under exactly-once, with the model, with one that"
            + " costs nothing, and one record at a time as samples do, in turns; then latency at a"
            + " fixed rate.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    exitCodeList = {"130:stopped before its end"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment bench pipeline --model models/tweets-conv1d",
      "  sentiment bench pipeline --model models/tweets-bilstm --threads 1 --rate 0",
      "  sentiment bench pipeline --model models/tweets-bilstm --json | tail -n 1"
    })
final class BenchPipelineCommand implements Callable<Integer> {
  /** Texts that are kept in memory, and sent over and over. */
  private static final int MOST_TEXTS = 200_000;

  /** Exit status of a run that was stopped. */
  private static final int INTERRUPTED = 130;

  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FOLDER",
      description = "The model, such as models/tweets-bilstm; may be repeated.")
  private List<Path> models = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private StageOptions stage;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private BenchTexts texts;

  @Option(
      names = "--records",
      defaultValue = "500000",
      paramLabel = "N",
      description = "Events that wait for each run (default: ${DEFAULT-VALUE}).")
  private int records;

  @Option(
      names = "--slow-records",
      defaultValue = "3000",
      paramLabel = "N",
      description = "The same for one record at a time (default: ${DEFAULT-VALUE}).")
  private int slowRecords;

  @Option(
      names = "--partitions",
      defaultValue = "8",
      paramLabel = "P",
      description = "Of each topic (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--threads",
      defaultValue = "2",
      paramLabel = "T",
      description = "Stream threads (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      paramLabel = "N",
      description = "Repetitions of each measurement (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--warm-up",
      defaultValue = "1",
      paramLabel = "N",
      description = "Rounds before those that count (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--rate",
      defaultValue = "1000",
      paramLabel = "R",
      description =
          "Events a second while latency is measured, 0 for no such measurement (default:"
              + " ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      paramLabel = "S",
      description = "How long latency is measured (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--data-dir",
      paramLabel = "FOLDER",
      description =
          "Where the broker's data lie meanwhile; deleted at the end (default: the system's folder"
              + " for temporary files).")
  private @Nullable Path dataFolder;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of the stream, as in 'sentiment stream'; may be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private JsonReport output;

  BenchPipelineCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logs.forDemo(common.verbose);
    if (texts.columnIsGiven() && !texts.areGiven()) {
      throw new ParameterException(
          spec.commandLine(), "--text-column is for --texts, which is missing");
    }
    PipelineSettings settings = settings();
    List<Path> folders = models.stream().map(model -> ModelOptions.folder(shell, model)).toList();
    Runnable told = () -> shell.err().println("Stopping ...");
    try (StopRequest stop = new StopRequest(shell.signals(), told)) {
      PipelineBenchmark benchmark =
          new PipelineBenchmark(
              settings,
              texts(),
              shell.err()::println,
              stop,
              InstantSource.system(),
              System::nanoTime);
      PipelineReport report = benchmark.run(folders, texts.name(), dataFolder());
      output.print(shell, PipelineTable.of(report), report.json());
      return ExitCode.DONE;
    } catch (CancellationException stopped) {
      return INTERRUPTED;
    }
  }

  private Path dataFolder() {
    return requireNonNullElse(dataFolder, Path.of(System.getProperty("java.io.tmpdir")));
  }

  private PipelineSettings settings() {
    Map<String, String> all = new LinkedHashMap<>(stage.settings());
    all.putAll(overrides);
    return new PipelineSettings(
        records,
        slowRecords,
        partitions,
        threads,
        rounds,
        warmUp,
        rate,
        BenchInferenceCommand.duration("--seconds", seconds),
        all);
  }

  /** The texts by the numbers of their events, over and over. */
  private LongFunction<String> texts() {
    List<String> all = texts.read(MOST_TEXTS);
    return number -> all.get((int) (number % all.size()));
  }
}
