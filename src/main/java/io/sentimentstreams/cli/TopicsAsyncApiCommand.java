package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.stream.StreamSettings;
import io.sentimentstreams.topics.AsyncApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sentiment topics asyncapi}. */
@Manual(files = TopicsOptions.FILE)
@Command(
    name = "asyncapi",
    header = "Write the topics as an AsyncAPI 3.0 document.",
    description =
        "%nMade from the files of the topics, and from the settings: what the stream reads and"
            + " writes, and where the broker is. Asks no broker.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  sentiment topics asyncapi --out docs/asyncapi.yaml"})
final class TopicsAsyncApiCommand implements Callable<Integer> {
  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private SettingsOptions settings;

  @Option(
      names = "--topics",
      paramLabel = "FOLDER",
      description = "The files of the topics (default: topics, beside the program).")
  private @Nullable Path folder;

  @SuppressWarnings("NullAway.Init") // picocli sets it: it is required
  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description =
          "The file to write, or to replace. It refers to the JSON Schemas by the way from there.")
  private Path out;

  TopicsAsyncApiCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    Logs.forPeople(common.verbose);
    Path topics = TopicsOptions.folder(folder, shell).toAbsolutePath().normalize();
    Path file = out.toAbsolutePath().normalize();
    Path parent = file.getParent();
    if (parent == null || Files.isDirectory(file)) {
      throw new InvalidInputException("--out: %s is a folder; name a file".formatted(out));
    }
    StreamSettings loaded = settings.load(shell);
    AsyncApi document =
        new AsyncApi(TopicsOptions.catalog(folder, shell), loaded, parent.relativize(topics));
    Files.writeString(file, document.yaml());
    if (loaded.hasAvro()) {
      shell.err().println("Routes in Avro: the document tells of their events as JSON.");
    }
    document
        .undescribed()
        .forEach(
            topic ->
                shell
                    .err()
                    .println(
                        "topic %s: no file in %s describes it; left out".formatted(topic, topics)));
    return ExitCode.DONE;
  }
}
