package io.sentimentstreams.cli;

import io.sentimentstreams.event.TopicCatalog;
import io.sentimentstreams.topics.BrokerCatalog;
import io.sentimentstreams.topics.Consent;
import io.sentimentstreams.topics.TopicPattern;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which topics on which broker, and what a change may cost. */
@Manual(files = TopicsOptions.FILE)
final class TopicsOptions {
  /** Of {@link Manual#files}, for all commands of topics. */
  static final String FILE = "topics/: the topics, and their schemas in topics/schemas";

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private SettingsOptions settings;

  @Option(
      names = "--topics",
      paramLabel = "FOLDER",
      description = "The files of the topics (default: topics, beside the program).")
  private @Nullable Path folder;

  @Option(
      names = "--allow-partitions",
      description =
          "Give topics more partitions. A key's later events then go to another partition than its"
              + " earlier ones.")
  private boolean partitions;

  @Option(
      names = "--allow-delete",
      split = ",",
      paramLabel = "TOPIC",
      description =
          "Topics whose records may be deleted, as NAME or BEGINNING*; may be repeated. Those that"
              + " no file describes are deleted, and others may keep records for a shorter time.")
  private List<String> deletion = List.of();

  /** The folder of the option, or the shipped one. */
  static Path folder(@Nullable Path given, Shell shell) {
    return given == null ? shell.home().resolve("topics") : given;
  }

  /** What is described there. */
  static TopicCatalog catalog(@Nullable Path given, Shell shell) {
    return TopicCatalog.read(folder(given, shell));
  }

  /** Tells of what may be deleted and is not there. */
  static void tellUnmatched(BrokerCatalog broker, Shell shell) throws InterruptedException {
    broker
        .unmatched()
        .forEach(
            name -> shell.err().println("--allow-delete: the broker has no topic named " + name));
  }

  BrokerCatalog open(Shell shell) {
    Consent consent = new Consent(partitions, deletion.stream().map(TopicPattern::parse).toList());
    return new BrokerCatalog(settings.load(shell), catalog(folder, shell), consent);
  }
}
