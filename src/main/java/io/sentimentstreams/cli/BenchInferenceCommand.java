package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.bench.InferenceBenchmark;
import io.sentimentstreams.bench.InferenceReport;
import io.sentimentstreams.bench.InferenceSettings;
import io.sentimentstreams.bench.InferenceTable;
import io.sentimentstreams.bench.Subject;
import io.sentimentstreams.bench.Workload;
import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.Device;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sentiment bench inference}: backends side by side on the same weights and texts. */
@Manual(files = {ModelOptions.FILE})
@Command(
    name = "inference",
    header = "Measure backends side by side on the same weights and the same texts.",
    description =
        "%nCalls each backend with batches of token ids, in turns, and tells rows a second,"
            + " microseconds a text, the share of the machine's matrix-product peak, load time and"
            + " memory. Without --model and --network: the shipped tweet models.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment bench inference --model models/tweets-bilstm --texts tweets.csv",
      "  sentiment bench inference --network bilstm,conv1d --length 32 --batch 1,128",
      "  sentiment bench inference --network bilstm --lengths lengths.txt \\",
      "      --backend compiled,onnx --threads 1 --json | tail -n 1"
    })
final class BenchInferenceCommand implements Callable<Integer> {
  private static final int USUAL_LENGTH = 32;

  private static final List<Path> SHIPPED =
      List.of(Path.of("models", "tweets-bilstm"), Path.of("models", "tweets-conv1d"));

  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "FOLDER",
      description = "A model, such as models/tweets-bilstm; may be repeated.")
  private List<Path> models = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private NetworkOptions networks;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private BenchTexts texts;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private LengthOptions lengths;

  @Option(
      names = "--batch",
      split = ",",
      defaultValue = "1,32,128,512",
      paramLabel = "N",
      description = "Texts of a call (default: ${DEFAULT-VALUE}).")
  private List<Integer> batches = new ArrayList<>();

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      description =
          "Threads that call at the same time (default: 1, and 2 where there are two cores).")
  private List<Integer> threads = new ArrayList<>();

  @Option(
      names = "--backend",
      completionCandidates = Candidates.Backends.class,
      split = ",",
      defaultValue = "compiled,dl4j,onnx",
      converter = BackendKindConverter.class,
      paramLabel = "BACKEND",
      description = "What computes, in turns (default: ${DEFAULT-VALUE}).")
  private List<BackendKind> backends = new ArrayList<>();

  @Option(
      names = "--device",
      completionCandidates = Candidates.Devices.class,
      defaultValue = "cpu",
      converter = DeviceConverter.class,
      paramLabel = "DEVICE",
      description = "Where: " + Device.CODES + " (default: ${DEFAULT-VALUE}).")
  private Device device = Device.CPU;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      paramLabel = "N",
      description = "Repetitions of each measurement (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "0.5",
      paramLabel = "S",
      description = "Of each backend in each round (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "2",
      paramLabel = "S",
      description = "Seconds of each backend before the rounds (default: ${DEFAULT-VALUE}).")
  private double warmUp;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private JsonReport output;

  BenchInferenceCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logs.forPeople(common.verbose);
    requireConsistent();
    InferenceSettings settings = settings();
    Workload workload = workload();
    InferenceBenchmark benchmark =
        new InferenceBenchmark(settings, shell.err()::println, System::nanoTime);
    InferenceReport report = benchmark.run(subjects(), workload);
    output.print(shell, InferenceTable.of(report), report.json());
    return ExitCode.DONE;
  }

  private void requireConsistent() {
    if (networks.areGiven() && !models.isEmpty()) {
      throw mistake("--model and --network exclude each other: give one of them");
    }
    if (lengths.areBothGiven() || (lengths.areGiven() && texts.areGiven())) {
      throw mistake("--texts, --lengths and --length exclude each other: give one of them");
    }
    if (networks.areGiven() && texts.areGiven()) {
      throw mistake(
          "--texts needs a --model to read them; a random --network takes --lengths or --length");
    }
    if (texts.columnIsGiven() && !texts.areGiven()) {
      throw mistake("--text-column is for --texts, which is missing");
    }
  }

  private ParameterException mistake(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private InferenceSettings settings() {
    return new InferenceSettings(
        backends,
        device,
        batches,
        threads.isEmpty() ? usualThreads() : threads,
        rounds,
        duration("--seconds", seconds),
        duration("--warm-up", warmUp));
  }

  private static List<Integer> usualThreads() {
    return Runtime.getRuntime().availableProcessors() > 1 ? List.of(1, 2) : List.of(1);
  }

  static Duration duration(String option, double seconds) {
    if (!(seconds >= 0 && seconds <= Duration.ofDays(1).toSeconds())) {
      throw new InvalidInputException(
          "%s is %s, but must be 0 to 86400 seconds".formatted(option, seconds));
    }
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  private Workload workload() {
    return lengths.areGiven() || networks.areGiven()
        ? lengths.workload(USUAL_LENGTH, texts.seed())
        : new Workload.Texts(texts.name(), texts.read(lengths.rows()));
  }

  private List<Subject> subjects() {
    if (networks.areGiven()) {
      return networks.subjects(texts.seed());
    }
    return (models.isEmpty() ? SHIPPED : models)
        .stream()
            .map(model -> Subject.read(ModelOptions.folder(shell, model), System::nanoTime))
            .toList();
  }
}
