package io.sentimentstreams.cli;

import io.sentimentstreams.letters.DeadLetterTopic;
import io.sentimentstreams.letters.FoundLetter;
import io.sentimentstreams.letters.LetterFilter;
import io.sentimentstreams.letters.ReplayLedger;
import io.sentimentstreams.stream.StreamSettings;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sentiment dead-letters list}. */
@Command(
    name = "list",
    header = "List dead letters, partition by partition.",
    description =
        "%nReads the dead-letter topic as it is now. LETTER is PARTITION:OFFSET there, EVENT is"
            + " TOPIC:PARTITION:OFFSET of the event, TIME is the event's.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment dead-letters list --config sentiment.yaml --since 2h",
      "  sentiment dead-letters list --reason invalid-json,not-an-object --route tweets",
      "  sentiment dead-letters list --json | jq -r .value.utf8"
    })
final class DeadLettersListCommand implements Callable<Integer> {
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
      names = "--limit",
      paramLabel = "N",
      defaultValue = "" + Long.MAX_VALUE,
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      converter = LetterLimit.class,
      description = "End after so many letters.")
  private long limit = Long.MAX_VALUE;

  @Option(
      names = "--json",
      description =
          "Write one JSON object a line instead: the whole letter, its place in 'letter', and"
              + " where it was replayed to.")
  private boolean json;

  DeadLettersListCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logs.forPeople(common.verbose);
    Logs.whileConnecting(common.verbose);
    StreamSettings stream = settings.load(shell);
    LetterFilter filter = letters.filter(stream, InstantSource.system());
    try (DeadLetterTopic topic = DeadLetterTopic.open(stream)) {
      ReplayLedger ledger = topic.ledger();
      Tally tally = new Tally();
      if (!json) {
        shell.out().println(LetterText.tableHead());
      }
      topic.scan(
          found -> {
            if (tally.isMeant(found, filter)) {
              print(found, ledger.targets(found.id()));
            }
            return tally.shown < limit;
          });
      BrokenPipeException.flush(shell.out());
      shell.err().println(tally);
    }
    return ExitCode.DONE;
  }

  private void print(FoundLetter found, Set<String> replayedTo) {
    String line = json ? LetterText.json(found, replayedTo) : LetterText.row(found, replayedTo);
    shell.out().println(line);
    BrokenPipeException.flush(shell.out());
  }

  /** How many letters were shown, by reason. */
  private static final class Tally {
    private final Map<String, Long> byReason = new TreeMap<>();
    private long shown;

    /** Counts a letter that is meant. What cannot be read is meant where no filter is given. */
    boolean isMeant(FoundLetter found, LetterFilter filter) {
      String reason = "unreadable";
      if (found instanceof FoundLetter.Whole whole) {
        if (!filter.matches(whole.letter())) {
          return false;
        }
        reason = whole.letter().reason().code();
      } else if (!filter.equals(LetterFilter.ALL)) {
        return false;
      }
      byReason.merge(reason, 1L, Long::sum);
      shown++;
      return true;
    }

    @Override
    public String toString() {
      String reasons =
          byReason.entrySet().stream()
              .map(entry -> entry.getKey() + " " + entry.getValue())
              .collect(Collectors.joining(", "));
      String count = shown == 1 ? "1 letter" : shown + " letters";
      return shown == 0 ? count : count + ": " + reasons;
    }
  }
}
