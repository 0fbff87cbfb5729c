package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sentimentstreams.InvalidInputException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a run's events, each marked with the run, and counts those that the broker has accepted.
 */
final class DemoProducer implements DemoRun.Sender, AutoCloseable {
  /** Header of the run that an event belongs to. */
  static final String RUN_HEADER = "sentiment.demo.run";

  /** As large as the input topics' {@code max.message.bytes}. */
  private static final int MAXIMUM_REQUEST_BYTES = 4 << 20;

  private final Producer<byte[], byte[]> producer;
  private final Map<String, String> topicOfRoute;
  private final byte[] run;
  private final RunTally tally;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * @param topicOfRoute the input topic of each route
   * @param run distinguishes this run's events from those of others
   */
  DemoProducer(
      String bootstrapServers, Map<String, String> topicOfRoute, String run, RunTally tally) {
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.CLIENT_ID_CONFIG,
                "sentiment-demo-producer",
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                MAXIMUM_REQUEST_BYTES),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.topicOfRoute = Map.copyOf(topicOfRoute);
    this.run = run.getBytes(UTF_8);
    this.tally = tally;
  }

  /** It is counted once the broker has it. */
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // The callback has all that the future would say.
  public void send(DemoEvent event) {
    String topic = topicOfRoute.get(event.route());
    if (topic == null) {
      throw new InvalidInputException(
          "route \"%s\": does not exist; there are %s"
              .formatted(event.route(), String.join(", ", topicOfRoute.keySet())));
    }
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, event.key().getBytes(UTF_8), event.value());
    record.headers().add(RUN_HEADER, run);
    producer.send(record, (metadata, e) -> sent(event, e));
    requireHealthy();
  }

  private void sent(DemoEvent event, @Nullable Exception e) {
    if (e == null) {
      tally.accepted();
    } else if (e instanceof RecordTooLargeException) {
      failure.compareAndSet(
          null,
          new InvalidInputException(
              "event %s: is larger than the %d bytes that the input topics take; shorten it"
                  .formatted(event.key(), MAXIMUM_REQUEST_BYTES),
              e));
    } else {
      failure.compareAndSet(null, e);
    }
  }

  @Override
  public void flush() {
    producer.flush();
    requireHealthy();
  }

  private void requireHealthy() {
    Exception e = failure.get();
    if (e instanceof InvalidInputException invalid) {
      throw invalid;
    }
    if (e != null) {
      throw new KafkaException("the broker does not take the events: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
