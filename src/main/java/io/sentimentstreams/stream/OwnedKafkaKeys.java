package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settings of Kafka's clients that the application sets itself, and why. */
final class OwnedKafkaKeys {
  private static final String FRAMES = "the application packs polls into frames itself";
  private static final String LOSS = "an event that Kafka Streams skips would be lost";
  private static final String COMMITS = "Kafka Streams commits, so that no event is lost";
  private static final String BYTES = "records pass as bytes; set routes.NAME.format";

  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("application.id", "set applicationId"),
          Map.entry("group.id", "set applicationId"),
          Map.entry("bootstrap.servers", "set bootstrapServers"),
          Map.entry("processing.guarantee", "set processingGuarantee"),
          Map.entry("num.stream.threads", "set threads"),
          Map.entry("interceptor.classes", FRAMES),
          Map.entry("enable.auto.commit", COMMITS),
          Map.entry("acks", "an output that only some brokers have could be lost"),
          Map.entry("transactional.id", "set applicationId"),
          Map.entry("enable.idempotence", "set processingGuarantee"),
          Map.entry("key.serializer", BYTES),
          Map.entry("value.serializer", BYTES),
          Map.entry("key.deserializer", BYTES),
          Map.entry("value.deserializer", BYTES),
          Map.entry("default.key.serde", BYTES),
          Map.entry("default.value.serde", BYTES),
          Map.entry("default.timestamp.extractor", "timestamps are kept as they are"),
          Map.entry("deserialization.exception.handler", LOSS),
          Map.entry("default.deserialization.exception.handler", LOSS),
          Map.entry("processing.exception.handler", LOSS),
          Map.entry("production.exception.handler", LOSS),
          Map.entry("default.production.exception.handler", LOSS),
          Map.entry("errors.dead.letter.queue.topic.name", "set deadLetterTopic"));

  private static final List<String> PREFIXES =
      List.of(
          "main.consumer.",
          "restore.consumer.",
          "global.consumer.",
          "consumer.",
          "producer.",
          "admin.");

  private OwnedKafkaKeys() {}

  /** Refuses the key, without the {@code kafka.} in front, where the application owns it. */
  static void refuse(String key) {
    String reason = REASONS.get(withoutPrefix(key));
    if (reason != null) {
      throw new InvalidInputException(
          "kafka.%s: belongs to the application: %s".formatted(key, reason));
    }
    if (withoutPrefix(key).startsWith(FramingInterceptor.PREFIX)) {
      throw new InvalidInputException(
          "kafka.%s: belongs to the application: set batch.maximumRows and batch.maximumBytes"
              .formatted(key));
    }
  }

  /** The owned keys and the reasons, sorted. */
  static Map<String, String> reasons() {
    return new TreeMap<>(REASONS);
  }

  private static String withoutPrefix(String key) {
    return PREFIXES.stream()
        .filter(key::startsWith)
        .findFirst()
        .map(prefix -> key.substring(prefix.length()))
        .orElse(key);
  }
}
