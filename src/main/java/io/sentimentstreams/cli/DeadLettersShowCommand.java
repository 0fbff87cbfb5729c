package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.DeadLetter;
import io.sentimentstreams.letters.DeadLetterTopic;
import io.sentimentstreams.letters.FoundLetter;
import io.sentimentstreams.letters.LetterAddress;
import io.sentimentstreams.stream.StreamSettings;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sentiment dead-letters show}. */
@Command(
    name = "show",
    header = "Show a dead letter with all of its event.",
    description =
        "%nBytes that are no text are shown as \\xFF, and so is what would steer a terminal; --value"
            + " writes the value's bytes as they are.",
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%nParameters:%n",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment dead-letters show 2:17",
      "  sentiment dead-letters show tweets:0:1042 --json",
      "  sentiment dead-letters show 2:17 --value | xxd"
    })
final class DeadLettersShowCommand implements Callable<Integer> {
  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private SettingsOptions settings;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(
      paramLabel = "LETTER",
      description =
          "PARTITION:OFFSET of the letter, as 'list' tells it, or TOPIC:PARTITION:OFFSET of its"
              + " event.")
  private String address;

  @ArgGroup(exclusive = true)
  private Form form = new Form();

  DeadLettersShowCommand(Shell shell) {
    this.shell = shell;
  }

  /** In which form the letter is shown. */
  private static final class Form {
    @Option(names = "--json", description = "Write the letter as one line of JSON, as 'list' does.")
    private boolean json;

    @Option(names = "--value", description = "Write the event's value alone, byte by byte.")
    private boolean value;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logs.forPeople(common.verbose);
    Logs.whileConnecting(common.verbose);
    LetterAddress wanted = LetterAddress.parse(address);
    StreamSettings stream = settings.load(shell);
    try (DeadLetterTopic topic = DeadLetterTopic.open(stream)) {
      FoundLetter found = topic.find(wanted).orElseThrow(() -> missing(wanted, topic.name()));
      if (form.json) {
        shell.out().println(LetterText.json(found, topic.ledger().targets(found.id())));
      } else {
        show(whole(found, topic.name()), topic);
      }
    }
    BrokenPipeException.flush(shell.out());
    return ExitCode.DONE;
  }

  private void show(FoundLetter.Whole found, DeadLetterTopic topic) throws InterruptedException {
    if (form.value) {
      DeadLetter.Content value = found.letter().value();
      if (value != null) {
        shell.out().writeBytes(value.bytes());
      }
      return;
    }
    Set<String> replayedTo = topic.ledger().targets(found.id());
    shell.out().print(LetterText.page(found, replayedTo, topic.name()));
  }

  private static FoundLetter.Whole whole(FoundLetter found, String topic) {
    if (found instanceof FoundLetter.Unreadable unreadable) {
      throw new InvalidInputException(
          "%s of %s cannot be read: %s".formatted(found.id(), topic, unreadable.problem()));
    }
    return (FoundLetter.Whole) found;
  }

  private static InvalidInputException missing(LetterAddress address, String topic) {
    return new InvalidInputException(
        address.isOfLetter()
            ? "%s holds no letter at %s; 'sentiment dead-letters list' shows those there are"
                .formatted(topic, address)
            : "%s holds no letter of the event %s; 'sentiment dead-letters list' shows those there are"
                .formatted(topic, address));
  }
}
