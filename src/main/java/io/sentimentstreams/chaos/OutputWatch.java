package io.sentimentstreams.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sentimentstreams.event.RecordHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the labelled events, on a thread of its own: for {@link Recovery}, and to count what each
 * model made.
 */
final class OutputWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutputWatch.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final String bootstrapServers;
  private final int partitions;
  private final Recovery recovery;
  private final InstantSource clock;
  private final AtomicLong outputs = new AtomicLong();
  private final Map<String, Long> byModel = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean stopped;

  OutputWatch(String bootstrapServers, int partitions, Recovery recovery, InstantSource clock) {
    this.bootstrapServers = bootstrapServers;
    this.partitions = partitions;
    this.recovery = recovery;
    this.clock = clock;
    this.thread = new Thread(this::run, "chaos-watch");
    thread.setDaemon(true);
    thread.start();
  }

  /** Labelled events so far. */
  long outputs() {
    return outputs.get();
  }

  /** Labelled events so far, by the version of the model that made them. */
  Map<String, Long> byModel() {
    return Map.copyOf(byModel);
  }

  private void run() {
    try (Consumer<byte[], byte[]> consumer = ChaosTopics.reader(bootstrapServers)) {
      List<TopicPartition> all =
          IntStream.range(0, partitions)
              .mapToObj(partition -> new TopicPartition(ChaosSettings.OUTPUT, partition))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      while (!stopped) {
        poll(consumer);
      }
    }
  }

  private void poll(Consumer<byte[], byte[]> consumer) {
    try {
      consumer
          .poll(POLL)
          .forEach(
              record -> {
                String version = version(record);
                Instant sent = Instant.ofEpochMilli(record.timestamp());
                recovery.output(record.partition(), sent, version, clock.instant());
                byModel.merge(version, 1L, Long::sum);
                outputs.incrementAndGet();
              });
    } catch (KafkaException again) {
      LOG.debug("The broker is away; the next poll goes on where this one was", again);
    }
  }

  private static String version(ConsumerRecord<byte[], byte[]> output) {
    Header version = output.headers().lastHeader(RecordHeaders.MODEL_VERSION);
    return version == null ? "unknown" : new String(version.value(), UTF_8);
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join(CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
