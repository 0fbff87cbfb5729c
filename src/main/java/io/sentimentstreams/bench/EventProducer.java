package io.sentimentstreams.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends numbered texts as JSON events to a topic, to its partitions in turn. */
final class EventProducer implements AutoCloseable {
  /** Longer than any stream takes to start, and no longer than a broker allows. */
  private static final int TRANSACTION_MILLIS = 600_000;

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final int partitions;
  private final LongFunction<String> texts;
  private final JsonMapper json = new JsonMapper();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private long sent;

  private EventProducer(
      Map<String, Object> settings, String topic, int partitions, LongFunction<String> texts) {
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    this.topic = topic;
    this.partitions = partitions;
    this.texts = texts;
  }

  /**
   * Sends each event at once.
   *
   * @param texts of the events by their numbers, from 0
   */
  static EventProducer immediate(
      String bootstrapServers, String topic, int partitions, LongFunction<String> texts) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    return new EventProducer(settings, topic, partitions, texts);
  }

  /**
   * Sends events in one transaction: a stream that reads committed events sees none of them, and
   * has time to get ready, until {@link #release}.
   *
   * @param texts of the events by their numbers, from 0
   */
  static EventProducer withholding(
      String bootstrapServers, String topic, int partitions, LongFunction<String> texts) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "producer-of-" + topic);
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
    EventProducer producer = new EventProducer(settings, topic, partitions, texts);
    producer.begin();
    return producer;
  }

  private void begin() {
    try {
      producer.initTransactions();
      producer.beginTransaction();
    } catch (RuntimeException | Error e) {
      producer.close();
      throw e;
    }
  }

  /**
   * Sends the next event.
   *
   * @param timestampMillis the event's
   */
  @SuppressWarnings("FutureReturnValueIgnored") // The callback has all that the future would say.
  void send(long timestampMillis) {
    byte[] key = Long.toString(sent).getBytes(UTF_8);
    int partition = (int) (sent % partitions);
    producer.send(
        new ProducerRecord<>(topic, partition, timestampMillis, key, event(sent)),
        (metadata, e) -> {
          if (e != null) {
            failure.compareAndSet(null, e);
          }
        });
    sent++;
  }

  private byte[] event(long number) {
    try {
      return json.writeValueAsBytes(
          json.createObjectNode().put("id", "e-" + number).put("text", texts.apply(number)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a text that is no JSON string", e);
    }
  }

  /** Waits until the broker has all events. */
  void flush() {
    producer.flush();
    Exception e = failure.get();
    if (e != null) {
      throw new IllegalStateException("the broker does not take the events: " + e.getMessage(), e);
    }
  }

  /** Lets the readers of committed events see them, all at once. */
  void release() {
    producer.commitTransaction();
  }

  /** Gives up what is not flushed and released: a wait for it could last as long as its sending. */
  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
