package io.sentimentstreams.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Adds up the labelled events of a run by group and window, and compares them with all windows that
 * were told, as readers of committed records see both.
 */
final class TrendAudit {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration POLL = Duration.ofMillis(200);

  /** How long windows may take to be told once their last event is labelled. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** How long nothing may follow once all windows are there, for them to be all. */
  private static final Duration QUIET = Duration.ofSeconds(5);

  private final String bootstrapServers;
  private final TrendLedger ledger;
  private final BooleanSupplier stop;

  /**
   * An audit.
   *
   * @param begun of the first event, in milliseconds
   */
  TrendAudit(String bootstrapServers, long begun, BooleanSupplier stop) {
    this.bootstrapServers = bootstrapServers;
    this.ledger = new TrendLedger(ChaosSettings.WINDOWS, begun);
    this.stop = stop;
  }

  /** Reads all labelled events, and windows until no more come. */
  TrendReport run() {
    try (Consumer<byte[], byte[]> consumer = ChaosTopics.reader(bootstrapServers)) {
      readOutputs(consumer);
      readTrends(consumer);
    }
    return ledger.report();
  }

  private void readOutputs(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = assign(consumer, ChaosSettings.OUTPUT);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!stop.getAsBoolean()
        && ends.entrySet().stream()
            .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(POLL).forEach(this::labelled);
    }
  }

  private void readTrends(Consumer<byte[], byte[]> consumer) {
    assign(consumer, ChaosSettings.TRENDS);
    long heard = System.nanoTime();
    Duration patience = PATIENCE;
    while (!stop.getAsBoolean() && System.nanoTime() - heard < patience.toNanos()) {
      ConsumerRecords<byte[], byte[]> windows = consumer.poll(POLL);
      if (!windows.isEmpty()) {
        windows.forEach(this::told);
        heard = System.nanoTime();
        patience = ledger.report().missing() == 0 ? QUIET : PATIENCE;
      }
    }
  }

  private static List<TopicPartition> assign(Consumer<byte[], byte[]> consumer, String topic) {
    List<TopicPartition> all =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
    return all;
  }

  private void labelled(ConsumerRecord<byte[], byte[]> output) {
    if (output.key() != null) {
      String label = tree(output).path("label").asText();
      ledger.labelled(new String(output.key(), UTF_8), output.timestamp(), label);
    }
  }

  private void told(ConsumerRecord<byte[], byte[]> trend) {
    JsonNode window = tree(trend);
    Map<String, Long> labels = new TreeMap<>();
    window
        .path("labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asLong()));
    ledger.told(
        new String(trend.key(), UTF_8),
        Instant.parse(window.path("windowStart").asText()).toEpochMilli(),
        labels);
  }

  private static JsonNode tree(ConsumerRecord<byte[], byte[]> record) {
    try {
      return JSON.readTree(record.value());
    } catch (IOException e) {
      throw new UncheckedIOException("no JSON at %s".formatted(record.offset()), e);
    }
  }
}
