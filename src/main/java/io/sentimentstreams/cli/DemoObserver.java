package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what comes out of the stream, counts the events of one run and shows them, on a thread of
 * its own. It reads committed events only, from the moment it is made.
 */
final class DemoObserver implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DemoObserver.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Consumer<byte[], byte[]> consumer;
  private final byte[] run;
  private final DemoOutputs outputs;
  private final RunTally tally;
  private final DemoScreen screen;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread thread = new Thread(this::observe, "demo-observer");
  private volatile @Nullable Throwable failure;

  /**
   * @param outputTopics topics of labelled events
   * @param run the run whose events count, see {@link DemoProducer#RUN_HEADER}
   */
  DemoObserver(
      String bootstrapServers,
      Set<String> outputTopics,
      String deadLetterTopic,
      String run,
      RunTally tally,
      DemoScreen screen) {
    this.consumer = consumer(bootstrapServers);
    this.run = run.getBytes(UTF_8);
    this.tally = tally;
    this.screen = screen;
    this.outputs = new DemoOutputs(deadLetterTopic, tally, screen);
    List<TopicPartition> partitions =
        Stream.concat(outputTopics.stream(), Stream.of(deadLetterTopic))
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // Positions are looked up lazily: events that come meanwhile must not be passed over.
    partitions.forEach(consumer::position);
    thread.setDaemon(true);
  }

  private static Consumer<byte[], byte[]> consumer(String bootstrapServers) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.CLIENT_ID_CONFIG,
            "sentiment-demo-observer",
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            IsolationLevel.READ_COMMITTED.toString(),
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            5000),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** Begins to read. */
  void start() {
    thread.start();
  }

  /** Throws what ended the reading, where it has ended by itself. */
  void requireHealthy() {
    Throwable e = failure;
    if (e instanceof BrokenPipeException gone) {
      throw gone;
    }
    if (e != null) {
      throw new IllegalStateException("reading the outputs failed: " + e.getMessage(), e);
    }
  }

  private void observe() {
    try {
      while (!closed.get()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (isOfThisRun(record)) {
            outputs.take(record.topic(), record.value());
          }
        }
        screen.totals(tally.counts());
      }
    } catch (WakeupException e) {
      // close() asked for it.
      closed.set(true);
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  private boolean isOfThisRun(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(DemoProducer.RUN_HEADER);
    return header != null && Arrays.equals(header.value(), run);
  }

  @Override
  public void close() {
    closed.set(true);
    consumer.wakeup();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    consumer.close();
    if (outputs.unreadable() > 0) {
      LOG.warn(
          "{} records with this run's header were passed over; the first, of {}",
          outputs.unreadable(),
          outputs.firstProblem());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
