package io.sentimentstreams.cli;

import io.sentimentstreams.audit.AuditReport.Verdict;
import io.sentimentstreams.audit.AuditRequest;
import io.sentimentstreams.audit.AuditResult;
import io.sentimentstreams.audit.Partition;
import io.sentimentstreams.audit.TopicAudit;
import io.sentimentstreams.stream.StreamSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sentiment verify}: audits what a stream has made of its events. */
@Command(
    name = "verify",
    header = "Audit a stream: each event labelled or dead-lettered, once, in order.",
    description =
        "%nReads the input topics and the output topics of a stream that runs or has ended, and"
            + " sets them against each other by the headers that name an output's event. It changes"
            + " nothing.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    exitCodeList = {"0:in balance", "1:not in balance, or failed"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment verify --config sentiment.yaml",
      "  sentiment verify --set bootstrapServers=broker:9092 --route tweets --since 2h",
      "  sentiment verify --from tweets-0=1000,tweets-1=1200 --json | tail -n 1"
    })
final class VerifyCommand implements Callable<Integer> {
  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private SettingsOptions settings;

  @Option(
      names = "--route",
      split = ",",
      paramLabel = "NAME",
      description = "Only these routes (default: all of the settings).")
  private Set<String> routes = new LinkedHashSet<>();

  @Option(
      names = "--from",
      split = ",",
      paramLabel = "PARTITION=OFFSET",
      converter = {PartitionConverter.class, OffsetConverter.class},
      description =
          "First offset of an input partition, such as tweets-0=1000; may be repeated (default: the"
              + " first that is there).")
  private Map<Partition, Long> from = new LinkedHashMap<>();

  @Option(
      names = "--to",
      split = ",",
      paramLabel = "PARTITION=OFFSET",
      converter = {PartitionConverter.class, OffsetConverter.class},
      description = "The offset behind the last (default: the partition's end now).")
  private Map<Partition, Long> to = new LinkedHashMap<>();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Begin at the first event of this time or later: 2026-11-22T10:00:00Z, 2026-11-22 (UTC),"
              + " or so long ago: 30m, 2h, 7d.")
  private @Nullable String since;

  @Option(
      names = "--wait",
      defaultValue = "10s",
      paramLabel = "TIME",
      converter = PeriodConverter.class,
      description =
          "How long the stream may take to come to events that it has not worked on yet (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration patience = Duration.ZERO;

  @Option(
      names = "--examples",
      defaultValue = "5",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "List the first N of each fault (default: ${DEFAULT-VALUE}).")
  private int examples;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private JsonReport report;

  VerifyCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logs.forPeople(common.verbose);
    Instant begin = since == null ? null : Times.parse("--since", since, InstantSource.system());
    AuditRequest request = new AuditRequest(routes, from, to, begin, patience, examples);
    AuditResult result = audit(settings.load(shell), request);
    report.print(shell, AuditTable.of(result), AuditJson.of(result));
    boolean balanced = result.report().verdict() == Verdict.BALANCED;
    return balanced ? ExitCode.DONE : ExitCode.FAILED;
  }

  private AuditResult audit(StreamSettings streamSettings, AuditRequest request)
      throws InterruptedException {
    Logs.whileConnecting(common.verbose);
    try (TaskProgress progress = new TaskProgress(shell, System::nanoTime);
        StopRequest stop = new StopRequest(shell.signals(), () -> {})) {
      AuditResult result =
          new TopicAudit(streamSettings, request, progress.of("Reading", "records"), stop).run();
      if (stop.getAsBoolean()) {
        throw new IllegalStateException("the audit was stopped before its end");
      }
      return result;
    } finally {
      Logs.connected();
    }
  }
}
