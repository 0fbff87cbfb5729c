package io.sentimentstreams.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.broker.BrokerTopics;
import io.sentimentstreams.broker.EmbeddedBroker;
import io.sentimentstreams.event.DeadLetter;
import io.sentimentstreams.event.DeadLetterWriter;
import io.sentimentstreams.event.EventSource;
import io.sentimentstreams.event.Rejected;
import io.sentimentstreams.event.RejectionReason;
import io.sentimentstreams.event.TopicCatalog;
import io.sentimentstreams.stream.SettingsLoader;
import io.sentimentstreams.stream.StreamSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LetterReplayIT {
  private static final int LETTERS = 100;
  private static final int CHUNK = 10;
  private static final ReplayRequest ALL =
      new ReplayRequest(LetterFilter.ALL, null, Long.MAX_VALUE, 3, false, false);

  /**
   * The first replay stops for ever in the midst of its third transaction, as one that is killed
   * does; the second ends that transaction and does the rest.
   */
  @Test
  void replay_stoppedInTheMidstOfATransaction_isGoneOnWithByTheNext(@TempDir Path folder)
      throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    CountDownLatch stopped = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0);
        DeadLetterTopic first = open(broker);
        DeadLetterTopic second = open(broker)) {
      InstantSource stopping = stoppingClock(2 * CHUNK + CHUNK / 2, stopped, goOn);
      Future<ReplayReport> killed =
          threads.submit(() -> new LetterReplay(first, stopping, CHUNK).run(ALL));
      assertThat(stopped.await(1, TimeUnit.MINUTES)).isTrue();

      ReplayReport report = new LetterReplay(second, InstantSource.system(), CHUNK).run(ALL);
      goOn.countDown();

      assertThat(report.before()).isEqualTo(2 * CHUNK);
      assertThat(report.replayed()).isEqualTo(LETTERS - 2 * CHUNK);
      assertThatThrownBy(killed::get)
          .hasCauseInstanceOf(InvalidInputException.class)
          .hasMessageContaining("another replay of sentiment.dead-letters has begun");
      assertThat(values(broker, "tweets"))
          .containsExactlyElementsOf(
              IntStream.range(0, LETTERS).mapToObj(i -> "event " + i).toList());
    } finally {
      goOn.countDown();
      threads.shutdownNow();
    }
  }

  private static InstantSource stoppingClock(
      int calls, CountDownLatch stopped, CountDownLatch goOn) {
    AtomicInteger left = new AtomicInteger(calls);
    return () -> {
      if (left.decrementAndGet() == 0) {
        stopped.countDown();
        try {
          goOn.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return Instant.now();
    };
  }

  private static DeadLetterTopic open(EmbeddedBroker broker) throws Exception {
    BrokerTopics.createMissing(broker.bootstrapServers(), TopicCatalog.read(Path.of("topics")));
    StreamSettings settings =
        SettingsLoader.load(null, Map.of(), Map.of("bootstrapServers", broker.bootstrapServers()));
    DeadLetterTopic topic = DeadLetterTopic.open(settings);
    List<FoundLetter> there = new ArrayList<>();
    topic.scan(there::add);
    if (there.isEmpty()) {
      send(broker);
    }
    return topic;
  }

  private static void send(EmbeddedBroker broker) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < LETTERS; i++) {
        DeadLetter letter =
            DeadLetter.of(
                new Rejected(RejectionReason.INFERENCE_FAILED, "why"),
                "tweets",
                new EventSource("tweets", 0, i, 0),
                null,
                ("event " + i).getBytes(UTF_8),
                List.of());
        byte[] value = new DeadLetterWriter(1_000).write(letter);
        producer.send(new ProducerRecord<>("sentiment.dead-letters", 0, null, null, value)).get();
      }
    }
  }

  /** Committed values of the topic's first partition, in order. */
  private static List<String> values(EmbeddedBroker broker, String topic) {
    StreamSettings settings =
        SettingsLoader.load(null, Map.of(), Map.of("bootstrapServers", broker.bootstrapServers()));
    List<String> values = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer =
        new io.sentimentstreams.stream.KafkaClients(settings).consumer("test", Map.of())) {
      new CommittedRecords(consumer, DeadLetterTopic.PATIENCE, System::nanoTime)
          .read(
              List.of(new TopicPartition(topic, 0)),
              (ConsumerRecord<byte[], byte[]> record) ->
                  values.add(new String(record.value(), UTF_8)));
    }
    return values;
  }
}
