package io.sentimentstreams.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sentimentstreams.letters.DeadLetterTopic;
import io.sentimentstreams.letters.LetterReplay;
import io.sentimentstreams.letters.ReplayHindrance;
import io.sentimentstreams.letters.ReplayReport;
import io.sentimentstreams.letters.ReplayRequest;
import io.sentimentstreams.stream.StreamSettings;
import java.time.InstantSource;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sentiment dead-letters replay}. */
@Command(
    name = "replay",
    header = "Send the events of dead letters anew.",
    description =
        "%nSends key, value, time and headers of the events as they were, to the topics that they"
            + " came from, each with the header sentiment.replay.count. A letter is replayed to a"
            + " topic once: a ledger is written in the same transaction. An event that is"
            + " dead-lettered again is a new letter, replayed until it was so often enough. A replay"
            + " that was killed goes on where it was; a second one ends the first.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment dead-letters replay --reason inference-failed --dry-run",
      "  sentiment dead-letters replay --reason inference-failed --since 2h",
      "  sentiment dead-letters replay --reason invalid-json --to tweets.repair"
    })
final class DeadLettersReplayCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROW = "%-17s %,12d%s";

  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private SettingsOptions settings;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private LetterOptions letters;

  @Option(
      names = "--to",
      paramLabel = "TOPIC",
      description = "Send all events there (default: the topics that they came from).")
  private @Nullable String to;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "" + Long.MAX_VALUE,
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      converter = LetterLimit.class,
      description = "End after so many events.")
  private long limit = Long.MAX_VALUE;

  @Option(
      names = "--replays-below",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Only events that were replayed fewer than N times (default: ${DEFAULT-VALUE}), by their"
              + " header sentiment.replay.count.")
  private int replaysBelow;

  @Option(
      names = "--now",
      description = "Give the events the time of the replay instead of their own.")
  private boolean now;

  @Option(names = "--dry-run", description = "Only tell what would be done.")
  private boolean dryRun;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private JsonReport report;

  DeadLettersReplayCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logs.forPeople(common.verbose);
    Logs.whileConnecting(common.verbose);
    InstantSource clock = InstantSource.system();
    StreamSettings stream = settings.load(shell);
    ReplayRequest request =
        new ReplayRequest(letters.filter(stream, clock), to, limit, replaysBelow, now, dryRun);
    try (DeadLetterTopic topic = DeadLetterTopic.open(stream)) {
      ReplayReport done = new LetterReplay(topic, clock).run(request);
      report.print(shell, table(done), json(done));
    }
    return ExitCode.DONE;
  }

  private String table(ReplayReport done) {
    StringJoiner table = new StringJoiner(System.lineSeparator());
    table.add(row(dryRun ? "would be replayed" : "replayed", done.replayed(), ""));
    table.add(row("replayed before", done.before(), ""));
    for (ReplayHindrance hindrance : ReplayHindrance.values()) {
      long count = count(done, hindrance);
      if (count > 0) {
        table.add(row("cannot be", count, "  " + hindrance.description()));
      }
    }
    if (done.unreadable() > 0) {
      table.add(row("unreadable", done.unreadable(), "  no dead letters of this version"));
    }
    return table.toString();
  }

  private static String row(String name, long count, String note) {
    return ROW.formatted(name, count, note);
  }

  private static long count(ReplayReport done, ReplayHindrance hindrance) {
    return done.hindered().getOrDefault(hindrance, 0L);
  }

  private String json(ReplayReport done) {
    ObjectNode root = JSON.createObjectNode();
    root.put("dryRun", dryRun)
        .put("replayed", done.replayed())
        .put("replayedBefore", done.before());
    ObjectNode hindered = root.putObject("cannotBeReplayed");
    for (ReplayHindrance hindrance : ReplayHindrance.values()) {
      hindered.put(hindrance.code(), count(done, hindrance));
    }
    root.put("unreadable", done.unreadable());
    return LetterText.line(root);
  }
}
