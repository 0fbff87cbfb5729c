package io.sentimentstreams.cli;

import io.sentimentstreams.stream.LoadedSettings;
import io.sentimentstreams.stream.SettingsLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sentiment stream}: the production process. */
@Manual(
    environment = {SettingsOptions.VARIABLES},
    files = {
      SettingsOptions.FILE,
      ModelOptions.FILE,
      "topics/: the shipped topics, for topics apply"
    })
@Command(
    name = "stream",
    header = "Label the events of Kafka topics, in production.",
    description =
        "%nRuns until it is told to stop (SIGTERM or Ctrl-C), and serves metrics and health over"
            + " HTTP. The topics must exist: topics/ describes the shipped ones.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    exitCodeList = {"0:stopped as told", "1:failed, or not stopped within closeTimeout"},
    footerHeading = "%nSettings:%n",
    footer = {
      "  Later ones win: defaults, the file, environment variables, --set.",
      "  batch.maximumRows is SENTIMENT_BATCH_MAXIMUM_ROWS in the environment.",
      "  kafka.* goes to Kafka's clients as it is. The README lists all settings.",
      "",
      "Examples:",
      "  sentiment stream --config sentiment.yaml",
      "  sentiment stream --config sentiment.yaml --set threads=4",
      "  SENTIMENT_BOOTSTRAP_SERVERS=broker:9092 sentiment stream"
    })
final class StreamCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(StreamCommand.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings, in YAML or as .properties.")
  private @Nullable Path config;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private LogOptions logs;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private StageOptions stage;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, over those of file and environment; may be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  StreamCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    logs.apply(shell);
    Logs.forOperators(common.verbose);
    LoadedSettings settings =
        SettingsLoader.loadToShow(
            config, shell.environment(), overrides(), SettingsLoader.COMMAND_LINE);
    long most = settings.settings().closeTimeout().toSeconds();
    Runnable told =
        () ->
            LOG.info(
                "Stopping: the work under way is finished and committed, within {} s (closeTimeout)",
                most);
    long stoppedNanos;
    StreamService stream;
    try (StopRequest stop = new StopRequest(shell.signals(), told);
        StreamService service = StreamService.open(settings)) {
      stream = service;
      start(service, stop);
      if (!stop.getAsBoolean()) {
        LOG.info("Page, metrics and health are served on {}", service.url());
      }
      while (!stop.await(LOOK_AGAIN)) {
        service.requireLive();
      }
      stoppedNanos = System.nanoTime();
    }
    LOG.info("Stopped, after {} ms", (System.nanoTime() - stoppedNanos) / 1_000_000);
    return stream.stoppedInTime() ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** A setting that is given both ways is what {@code --set} says. */
  private Map<String, String> overrides() {
    Map<String, String> all = new LinkedHashMap<>(stage.settings());
    all.putAll(overrides);
    return all;
  }

  private void start(StreamService service, StopRequest stop) throws InterruptedException {
    Logs.whileConnecting(common.verbose);
    try {
      service.start(stop);
    } finally {
      Logs.connected();
    }
  }
}
