package io.sentimentstreams.cli;

import static java.util.Objects.requireNonNullElse;

import io.sentimentstreams.broker.BrokerTopics;
import io.sentimentstreams.broker.EmbeddedBroker;
import io.sentimentstreams.corpus.TextReader;
import io.sentimentstreams.event.TopicCatalog;
import io.sentimentstreams.stream.LoadedSettings;
import io.sentimentstreams.stream.Route;
import io.sentimentstreams.stream.StreamSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sentiment demo}: broker, stream and events in one process. */
@Manual(
    environment = {SettingsOptions.VARIABLES},
    files = {
      ModelOptions.FILE,
      "topics/: the topics that it creates",
      "data/demo: the broker's data, where --data-dir says nothing else"
    })
@Command(
    name = "demo",
    header = "Show it all at work in one process: broker, stream, sample events.",
    description =
        "%nStarts a Kafka broker, creates the topics, loads the shipped models, starts the stream,"
            + " sends it sample tweets and reviews, and shows what comes out. Runs until Ctrl-C,"
            + " unless told --once.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    exitCodeList = {"0:ended, or stopped as told", "130:stopped before the end of --once"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment demo",
      "  sentiment demo --input tweets.csv --text-column body --rate 100",
      "  sentiment demo --input reviews.txt --route reviews --once",
      "  sentiment demo --once --rate max --json | tail -n 1"
    })
final class DemoCommand implements Callable<Integer> {
  private static final String DEFAULT_ROUTE = "tweets";
  private static final String DEFAULT_TEXT_FIELD = "text";

  /** Exit status where a run that should have come to its end was stopped. */
  private static final int INTERRUPTED = 130;

  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description =
          "Send these texts instead of the samples: CSV, TSV, JSON lines or plain text,"
              + " gzip or not.")
  private @Nullable Path input;

  @Option(
      names = "--route",
      completionCandidates = Candidates.DemoRoutes.class,
      paramLabel = "ROUTE",
      description = "Where the texts of --input go: tweets or reviews (default: tweets).")
  private @Nullable String route;

  @Option(
      names = "--text-column",
      paramLabel = "NAME",
      description =
          "Column, or JSON field or pointer, of the texts of --input (default: the"
              + " first column with a usual name, the field text).")
  private @Nullable String textColumn;

  @Option(
      names = "--rate",
      completionCandidates = Candidates.Rates.class,
      defaultValue = "20",
      paramLabel = "N",
      converter = Rate.Converter.class,
      description = "Events a second, or max (default: ${DEFAULT-VALUE}).")
  private Rate rate = new Rate(20);

  @Option(
      names = "--once",
      description = "End when all events are through, instead of beginning anew.")
  private boolean once;

  @Option(
      names = "--json",
      description =
          "Write the summary as one JSON object to standard output, and all else to"
              + " standard error.")
  private boolean json;

  @Option(
      names = "--data-dir",
      paramLabel = "FOLDER",
      description = "The broker's data, kept between runs (default: data/demo in the project).")
  private @Nullable Path dataFolder;

  @Option(
      names = "--port",
      defaultValue = "0",
      paramLabel = "PORT",
      description = "The broker's port; 0 for a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description =
          "Port of the page, metrics and health; 0 for a free one (default: 8080, or a free one"
              + " where that is taken).")
  private @Nullable Integer httpPort;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private LogOptions logs;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private StageOptions stage;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of the stream, as in 'sentiment stream'; may be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  DemoCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws ExecutionException, InterruptedException {
    logs.apply(shell);
    Logs.forDemo(common.verbose);
    requireConsistent();
    PrintStream show = json ? shell.err() : shell.out();
    show.println("Starting a Kafka broker in this process ...");
    try (DemoFeed feed = feed();
        EmbeddedBroker broker = EmbeddedBroker.start(dataFolder(), port)) {
      show.printf("Kafka broker: %s, its data in %s%n", broker.bootstrapServers(), dataFolder());
      LoadedSettings settings = settings(broker.bootstrapServers());
      BrokerTopics.createMissing(
          broker.bootstrapServers(), TopicCatalog.read(shell.home().resolve("topics")));
      return run(settings, feed, show);
    }
  }

  private void requireConsistent() {
    if (input == null && (route != null || textColumn != null)) {
      throw new ParameterException(
          spec.commandLine(),
          (route == null ? "--text-column" : "--route") + " is for --input, which is missing");
    }
  }

  private DemoFeed feed() {
    if (once) {
      return events();
    }
    return DemoFeed.repeating(this::events);
  }

  private DemoFeed events() {
    if (input == null) {
      return DemoFeed.of(Samples.all());
    }
    return DemoFeed.of(
        TextReader.open(input, textColumn),
        requireNonNullElse(route, DEFAULT_ROUTE),
        requireNonNullElse(textColumn, DEFAULT_TEXT_FIELD));
  }

  private Path dataFolder() {
    return requireNonNullElse(dataFolder, shell.home().resolve("data").resolve("demo"));
  }

  private LoadedSettings settings(String bootstrapServers) {
    return DemoSettings.load(
        shell.home(),
        shell.environment(),
        bootstrapServers,
        new DemoSettings.Wishes(
            stage.settings(),
            httpPort,
            requireNonNullElse(route, DEFAULT_ROUTE),
            textColumn,
            overrides));
  }

  private int run(LoadedSettings loaded, DemoFeed feed, PrintStream show)
      throws InterruptedException {
    StreamSettings settings = loaded.settings();
    Runnable told =
        () ->
            show.printf(
                "%nStopping when what is under way has come out, or in %d s (closeTimeout) ...%n",
                settings.closeTimeout().toSeconds());
    try (StopRequest stop = new StopRequest(shell.signals(), told);
        StreamService service = StreamService.open(loaded)) {
      show.println("Loading the models and starting the stream ...");
      service.start(stop);
      service.awaitReady(stop);
      if (stop.getAsBoolean()) {
        return once ? INTERRUPTED : ExitCode.DONE;
      }
      for (Route each : settings.routes()) {
        show.printf(
            "Route %s: %s -> %s, labelled by %s%n",
            each.name(), String.join(", ", each.inputs()), each.output(), service.model(each));
      }
      if (settings.http().page()) {
        show.printf("Page: %s/%n", service.url());
      }
      show.printf("Metrics: %s/metrics%n%n", service.url());
      show.flush();
      boolean terminal = json ? shell.errIsTerminal() : shell.outIsTerminal();
      DemoScreen screen = new DemoScreen(show, terminal, shell.colours(show), System::nanoTime);
      RunTally.Counts counts =
          new DemoSession(settings, service, screen).run(feed, rate.perSecond(), stop);
      screen.finish();
      report(counts, show);
      return once && stop.getAsBoolean() ? INTERRUPTED : ExitCode.DONE;
    }
  }

  private void report(RunTally.Counts counts, PrintStream show) {
    DemoSummary summary = DemoSummary.of(counts);
    show.println();
    summary.print(show, counts.reasons());
    if (input != null && counts.reasons().containsKey("text-missing")) {
      show.println("Events without a text: name the field that holds it with --text-column.");
    }
    if (json) {
      shell.out().println(summary.json());
    }
    shell.out().flush();
  }
}
