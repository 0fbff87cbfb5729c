package io.sentimentstreams.cli;

import io.sentimentstreams.bench.TrainingBenchmark;
import io.sentimentstreams.bench.TrainingReport;
import io.sentimentstreams.bench.TrainingSettings;
import io.sentimentstreams.bench.Workload;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sentiment bench training}: how long a step of training takes. */
@Command(
    name = "training",
    header = "Measure how long a training step takes.",
    description =
        "%nTrains networks with random weights on random words of given lengths, and tells"
            + " milliseconds a step (forward, loss, backward, Adam on all weights) and rows a"
            + " second.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment bench training --network bilstm,conv1d --length 100",
      "  sentiment bench training --network bilstm --lengths lengths.txt --json | tail -n 1"
    })
final class BenchTrainingCommand implements Callable<Integer> {
  private static final int USUAL_LENGTH = 100;

  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private NetworkOptions networks;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private LengthOptions lengths;

  @Option(
      names = "--batch",
      defaultValue = "128",
      paramLabel = "N",
      description = "Texts of a step (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--threads",
      defaultValue = "1",
      paramLabel = "N",
      description = "Threads of native operations (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--rounds",
      defaultValue = "7",
      paramLabel = "N",
      description = "Repetitions of each measurement (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "1",
      paramLabel = "S",
      description = "Of each round (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "5",
      paramLabel = "S",
      description = "Seconds before the rounds of each network (default: ${DEFAULT-VALUE}).")
  private double warmUp;

  @Option(
      names = "--seed",
      defaultValue = "7",
      paramLabel = "N",
      description = "Of everything random (default: ${DEFAULT-VALUE}).")
  private long seed;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private JsonReport output;

  BenchTrainingCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Logs.forPeople(common.verbose);
    requireConsistent();
    TrainingSettings settings =
        new TrainingSettings(
            batch,
            threads,
            rounds,
            BenchInferenceCommand.duration("--seconds", seconds),
            BenchInferenceCommand.duration("--warm-up", warmUp));
    Workload workload = lengths.workload(USUAL_LENGTH, seed);
    TrainingBenchmark benchmark =
        new TrainingBenchmark(settings, shell.err()::println, System::nanoTime);
    TrainingReport report = benchmark.run(networks.subjects(seed), workload);
    output.print(shell, report.table(), report.json());
    return ExitCode.DONE;
  }

  private void requireConsistent() {
    if (!networks.areGiven()) {
      throw new ParameterException(spec.commandLine(), "--network is missing: bilstm, conv1d");
    }
    if (lengths.areBothGiven()) {
      throw new ParameterException(
          spec.commandLine(), "--lengths and --length exclude each other: give one of them");
    }
  }
}
