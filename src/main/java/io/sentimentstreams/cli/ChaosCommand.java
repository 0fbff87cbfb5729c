package io.sentimentstreams.cli;

import static java.util.Objects.requireNonNullElseGet;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.chaos.ChaosReport;
import io.sentimentstreams.chaos.ChaosRun;
import io.sentimentstreams.chaos.ChaosSettings;
import io.sentimentstreams.chaos.FaultKind;
import io.sentimentstreams.chaos.Fleet;
import io.sentimentstreams.stream.ProcessingGuarantee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sentiment chaos}: the stream under fire. */
@Manual(
    files = {
      ModelOptions.FILE,
      "data/chaos: data and logs of runs, where --data says nothing else"
    })
@Command(
    name = "chaos",
    header = "Kill, stop and pause brokers and instances under load, and audit the outcome.",
    description =
        "%nRuns brokers and instances of the stream as processes of this machine, sends events,"
            + " and does by a seeded plan what crashes, deployments and networks do: instances are"
            + " killed (SIGKILL, at least three times a minute), stand still past their session"
            + " (SIGSTOP), are stopped, added and taken away; other models are activated, or set in"
            + " the settings file with a rolling restart; a broker is killed, stopped and stands"
            + " still. Then the stream may work off what is left, and every event is audited as in"
            + " 'sentiment verify'.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    exitCodeList = {"0:passed", "130:stopped before its end"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment chaos --minutes 5 --seed 1",
      "  sentiment chaos --minutes 10 --rate 1700 --seed 1 --json | tail -n 1",
      "  sentiment chaos --minutes 5 --guarantee at_least_once",
      "  sentiment chaos --brokers 3 --faults brokerKill,brokerStop,brokerPause",
      "  sentiment chaos --set kafka.group.protocol=streams"
    })
final class ChaosCommand implements Callable<Integer> {
  /** Exit status of a run that was stopped. */
  private static final int INTERRUPTED = 130;

  private static final DateTimeFormatter FOLDER_NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @Option(
      names = "--minutes",
      defaultValue = "5",
      paramLabel = "N",
      description = "How long events are sent and faults happen (default: ${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Of faults and events; the same seed and options give the same plan (default: drawn).")
  private @Nullable Long seed;

  @Option(
      names = "--rate",
      defaultValue = "2000",
      paramLabel = "N",
      description = "Events a second (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--faults",
      completionCandidates = Candidates.Faults.class,
      split = ",",
      paramLabel = "KINDS",
      description =
          "Which faults come beside the kills, with commas: zombie, stop, scaleOut (an instance is"
              + " added, and leaves later), activation, rollingRestart, brokerKill, brokerStop,"
              + " brokerPause (default: all; those of models need two).")
  private @Nullable List<String> faults;

  @Option(
      names = "--brokers",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "Brokers: 1, or 3 and more, with three replicas of each topic, min.insync.replicas=2,"
              + " and faults of one broker at a time (default: ${DEFAULT-VALUE}).")
  private int brokers;

  @Option(
      names = "--instances",
      defaultValue = "3",
      paramLabel = "N",
      description = "Instances of the stream (default: ${DEFAULT-VALUE}).")
  private int instances;

  @Option(
      names = "--partitions",
      defaultValue = "8",
      paramLabel = "N",
      description = "Partitions of the topics (default: ${DEFAULT-VALUE}).")
  private int partitions;

  @Option(
      names = "--guarantee",
      completionCandidates = Candidates.Guarantees.class,
      defaultValue = "exactly_once_v2",
      paramLabel = "GUARANTEE",
      description =
          "exactly_once_v2, or at_least_once: doubles are counted and are no failure (default:"
              + " ${DEFAULT-VALUE}).")
  private String guarantee = "";

  @Option(
      names = "--model",
      paramLabel = "FOLDER",
      description =
          "A model's bundle; may be repeated, for models of the same labels, which are exchanged"
              + " under load (default: models/tweets-conv1d and models/tweets-bilstm).")
  private @Nullable List<Path> models;

  @Option(
      names = "--static",
      description =
          "Static membership: each instance has a kafka.group.instance.id of its own, over"
              + " restarts.")
  private boolean staticMembers;

  @Option(
      names = "--trends",
      description =
          "Count events by key in windows, too, send a few of them late, and check each window"
              + " against the labelled events; with exactly_once_v2.")
  private boolean trends;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting of the instances, as for 'sentiment stream'; may be repeated.")
  private Map<String, String> instanceSettings = new LinkedHashMap<>();

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description =
          "A new folder in this one gets data and logs; deleted where the run passes (default:"
              + " data/chaos).")
  private @Nullable Path data;

  @Option(names = "--keep", description = "Keep data and logs of a run that passes, too.")
  private boolean keep;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private JsonReport report;

  ChaosCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    Logs.forDemo(common.verbose);
    ChaosSettings settings = settings();
    say(
        String.format(
            Locale.ROOT,
            "Seed %d, %s, data and logs in %s",
            settings.seed(),
            settings.guarantee().code(),
            settings.folder()));
    ChaosReport outcome = run(settings);
    if (outcome == null) {
      say("Stopped before the end; nothing is known");
      return INTERRUPTED;
    }
    report.print(shell, ChaosTable.of(outcome), ChaosTable.json(outcome));
    if (outcome.passed() && !keep) {
      delete(settings.folder());
    }
    return outcome.passed() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private ChaosSettings settings() {
    Path folder = requireNonNullElseGet(data, () -> shell.home().resolve("data").resolve("chaos"));
    List<Path> bundles = requireNonNullElseGet(models, this::shippedModels);
    return new ChaosSettings(
        Duration.ofMillis((long) (minutes * 60_000)),
        seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed,
        rate,
        partitions,
        ProcessingGuarantee.parse("--guarantee", guarantee),
        bundles,
        faults == null
            ? possible(bundles)
            : faults.stream().map(ChaosCommand::kind).collect(toSet()),
        new Fleet(brokers, instances, staticMembers, instanceSettings),
        trends,
        folder
            .toAbsolutePath()
            .normalize()
            .resolve(LocalDateTime.now(ZoneOffset.UTC).format(FOLDER_NAME)));
  }

  private List<Path> shippedModels() {
    Path shipped = shell.home().resolve("models");
    return List.of(shipped.resolve("tweets-conv1d"), shipped.resolve("tweets-bilstm"));
  }

  private static Set<FaultKind> possible(List<Path> bundles) {
    return ChaosSettings.kinds().stream()
        .filter(kind -> bundles.size() > 1 || !kind.isOfModels())
        .collect(toSet());
  }

  private static FaultKind kind(String code) {
    return ChaosSettings.kinds().stream()
        .filter(kind -> kind.code().equals(code.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "--faults: \"%s\", but there are %s"
                        .formatted(
                            code,
                            ChaosSettings.kinds().stream()
                                .map(FaultKind::code)
                                .collect(joining(", ")))));
  }

  private @Nullable ChaosReport run(ChaosSettings settings) throws InterruptedException {
    try (StopRequest stop = new StopRequest(shell.signals(), () -> {})) {
      return new ChaosRun(settings, shell.home(), this::say, stop).run();
    }
  }

  private void say(String line) {
    shell.err().println(line);
    shell.err().flush();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    }
  }
}
