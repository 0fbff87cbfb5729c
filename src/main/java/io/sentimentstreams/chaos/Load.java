package io.sentimentstreams.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends seeded events at a rate, on a thread of its own, and catches up after outages. Half of the
 * events have a key; one in 100 cannot be labelled; where trends are counted, one in 500 comes an
 * hour after its time. What was sent is what the topic holds: the audit counts there, so that an
 * event that the producer gave up, or sent twice, makes no difference.
 */
final class Load implements AutoCloseable {
  private static final List<String> WORDS =
      List.of(
          "good", "bad", "late", "early", "great", "awful", "thanks", "lost", "crew", "seat",
          "flight", "again", "never", "love", "bag", "gate", "delay", "smooth", "😊", "refund");
  private static final long SLICE_NANOS = 5_000_000;
  private static final int ONE_IS_LATE_OF = 500;
  private static final Duration LATE = Duration.ofHours(1);

  /** When all windows of the last events may close: time does not go past the clock. */
  private static final Duration LAST =
      ChaosSettings.WINDOWS.size().plus(ChaosSettings.WINDOWS.grace()).plusSeconds(1);

  private final String bootstrapServers;
  private final ChaosSettings settings;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final Thread thread;
  private volatile boolean stopped;

  Load(String bootstrapServers, ChaosSettings settings) {
    this.bootstrapServers = bootstrapServers;
    this.settings = settings;
    this.thread = new Thread(this::run, "chaos-load");
    thread.setDaemon(true);
    thread.start();
  }

  /** Events that the broker has confirmed. */
  long sent() {
    return sent.get();
  }

  /** Ends when the events of the given time have been sent; waits for it. */
  void finish(Duration most) throws InterruptedException {
    stopped = true;
    thread.join(most.toMillis());
    if (thread.isAlive()) {
      throw new IllegalStateException("events could not be sent within " + most);
    }
  }

  private void run() {
    Random random = new Random(settings.seed());
    long began = System.nanoTime();
    long count = 0;
    while (!stopped) {
      try (Producer<byte[], byte[]> producer = producer()) {
        long failures = failed.get();
        // A producer that failed may have failed for good.
        while (!stopped && failed.get() == failures) {
          long due = (long) ((System.nanoTime() - began) / 1e9 * settings.rate());
          for (; count < due && !stopped; count++) {
            send(producer, random, count);
          }
          LockSupport.parkNanos(SLICE_NANOS);
        }
      } catch (KafkaException again) {
        failed.incrementAndGet();
      }
    }
    if (settings.trends()) {
      closeWindows();
    }
  }

  /** Sends an event to each partition that is later than all others, when its time has come. */
  private void closeWindows() {
    long last = System.currentTimeMillis() + LAST.toMillis();
    while (System.currentTimeMillis() < last && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(LAST.toNanos());
    }
    try (Producer<byte[], byte[]> producer = producer()) {
      for (int partition = 0; partition < settings.partitions(); partition++) {
        byte[] value = "{\"text\":\"good night\"}".getBytes(UTF_8);
        send(producer, new ProducerRecord<>(ChaosSettings.INPUT, partition, last, null, value));
      }
    } catch (KafkaException interrupted) {
      failed.incrementAndGet();
    }
  }

  private Producer<byte[], byte[]> producer() {
    Map<String, Object> config =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
            ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.LINGER_MS_CONFIG, 5,
            ProducerConfig.MAX_BLOCK_MS_CONFIG, 300_000,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 300_000);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private void send(Producer<byte[], byte[]> producer, Random random, long number) {
    boolean keyed = random.nextBoolean();
    byte[] key = keyed ? ("key-" + random.nextInt(1_000)).getBytes(UTF_8) : null;
    Integer partition = keyed ? null : random.nextInt(settings.partitions());
    send(
        producer,
        new ProducerRecord<>(
            ChaosSettings.INPUT, partition, time(random), key, value(random, number)));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback is told
  private void send(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> event) {
    producer.send(event, this::sent);
  }

  private void sent(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
    (failure == null ? sent : failed).incrementAndGet();
  }

  private @Nullable Long time(Random random) {
    return settings.trends() && random.nextInt(ONE_IS_LATE_OF) == 0
        ? Long.valueOf(System.currentTimeMillis() - LATE.toMillis())
        : null;
  }

  private static byte @Nullable [] value(Random random, long number) {
    return switch (random.nextInt(400)) {
      case 0 -> null;
      case 1 -> "{\"text\":".getBytes(UTF_8);
      case 2 -> "{\"text\":\" \"}".getBytes(UTF_8);
      case 3 -> new byte[] {'{', (byte) 0xff, '}'};
      default -> "{\"id\":%d,\"text\":\"%s\"}".formatted(number, text(random)).getBytes(UTF_8);
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int words = 3 + random.nextInt(12); words > 0; words--) {
      text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
    }
    return text.toString();
  }

  @Override
  public void close() {
    stopped = true;
    thread.interrupt(); // a daemon, where it does not end
  }
}
