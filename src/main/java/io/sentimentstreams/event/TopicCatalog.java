package io.sentimentstreams.event;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The topics that a folder describes, one YAML file a topic in the shape of Strimzi's {@code
 * KafkaTopic}, so that the same files create the topics in Kubernetes.
 *
 * @param topics sorted by name, no name twice
 */
public record TopicCatalog(List<TopicSpec> topics) {
  public TopicCatalog {
    topics = List.copyOf(topics);
  }

  /**
   * Reads all files of a folder that end in {@code .yaml} or {@code .yml}; folders in it are left
   * alone.
   *
   * @throws InvalidInputException where there is none, or one is wrong: the message names the file
   *     and the field
   */
  public static TopicCatalog read(Path folder) {
    List<Path> files = files(folder);
    if (files.isEmpty()) {
      throw new InvalidInputException(
          "topics folder %s: holds no .yaml file; name the folder of the topics".formatted(folder));
    }
    Map<String, Path> fileOfTopic = new LinkedHashMap<>();
    List<TopicSpec> topics = files.stream().map(file -> read(folder, file, fileOfTopic)).toList();
    return new TopicCatalog(
        topics.stream().sorted((a, b) -> a.name().compareTo(b.name())).toList());
  }

  /**
   * The topic of a name.
   *
   * @throws InvalidInputException where none has it; the message lists those there are
   */
  public TopicSpec topic(String name) {
    return topics.stream()
        .filter(topic -> topic.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "topic \"%s\": not described; there are %s"
                        .formatted(name, topics.stream().map(TopicSpec::name).toList())));
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(file -> file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InvalidInputException(
          "topics folder %s: cannot be read; name the folder of the topics".formatted(folder), e);
    }
  }

  private static TopicSpec read(Path folder, Path file, Map<String, Path> fileOfTopic) {
    TopicSpec topic = TopicFile.read(folder, file);
    Path other = fileOfTopic.putIfAbsent(topic.name(), file);
    if (other != null) {
      throw new InvalidInputException(
          "%s: metadata.name: \"%s\" is described in %s too".formatted(file, topic.name(), other));
    }
    return topic;
  }
}
