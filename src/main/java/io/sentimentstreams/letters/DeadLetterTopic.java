package io.sentimentstreams.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.DeadLetterReader;
import io.sentimentstreams.event.RecordHeaders;
import io.sentimentstreams.stream.KafkaClients;
import io.sentimentstreams.stream.StreamSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The dead-letter topic of a stream, read as far as it is committed when the reading begins, and
 * the ledger of what was replayed from it. For one thread.
 */
public final class DeadLetterTopic implements AutoCloseable {
  /** How long the broker may take for an answer. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final String LEDGER_SUFFIX = ".replays";

  private final KafkaClients clients;
  private final Admin admin;
  private final StreamSettings settings;
  private final String name;
  private final TopicDescription topic;
  private final Consumer<byte[], byte[]> consumer;
  private final CommittedRecords records;

  private DeadLetterTopic(
      KafkaClients clients, Admin admin, StreamSettings settings, TopicDescription topic) {
    this.clients = clients;
    this.admin = admin;
    this.settings = settings;
    this.name = settings.deadLetterTopic();
    this.topic = topic;
    this.consumer =
        clients.consumer(
            "dead-letters", Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"));
    this.records = new CommittedRecords(consumer, SILENCE, System::nanoTime);
  }

  /**
   * Looks for the topic.
   *
   * @throws InvalidInputException in one line: the broker does not answer, refuses the credentials,
   *     or has no such topic
   */
  public static DeadLetterTopic open(StreamSettings settings) throws InterruptedException {
    KafkaClients clients = new KafkaClients(settings);
    Admin admin = clients.admin("dead-letters");
    try {
      String name = settings.deadLetterTopic();
      TopicDescription topic = describeOrNull(clients, admin, name);
      if (topic == null) {
        throw new InvalidInputException(
            "deadLetterTopic: \"%s\" does not exist at %s; give the settings of the stream with --config or --set"
                .formatted(name, settings.bootstrapServers()));
      }
      return new DeadLetterTopic(clients, admin, settings, topic);
    } catch (RuntimeException | Error | InterruptedException failure) {
      admin.close(Duration.ZERO);
      throw failure;
    }
  }

  static @Nullable TopicDescription describeOrNull(KafkaClients clients, Admin admin, String name)
      throws InterruptedException {
    KafkaFuture<TopicDescription> described =
        admin
            .describeTopics(
                List.of(name), new DescribeTopicsOptions().timeoutMs((int) PATIENCE.toMillis()))
            .topicNameValues()
            .get(name);
    try {
      return clients.await(requireNonNull(described), PATIENCE);
    } catch (InvalidInputException refused) {
      if (refused.getCause() instanceof UnknownTopicOrPartitionException) {
        return null;
      }
      throw refused;
    }
  }

  /** The topic's name. */
  public String name() {
    return name;
  }

  /** Kafka's id of the topic; one made anew under the name has another. */
  String id() {
    return topic.topicId().toString();
  }

  /** The name of the ledger's topic. */
  String ledgerName() {
    return ledgerName(settings);
  }

  /** The name of the topic that holds what was replayed from the dead letters of these settings. */
  public static String ledgerName(StreamSettings settings) {
    return settings.deadLetterTopic() + LEDGER_SUFFIX;
  }

  /** Those of the stream whose letters these are. */
  StreamSettings settings() {
    return settings;
  }

  Admin admin() {
    return admin;
  }

  KafkaClients clients() {
    return clients;
  }

  /**
   * Shows all letters, partition by partition, each in order of offsets.
   *
   * @param visitor takes a letter, and says whether to go on; it throws nothing of Kafka's
   */
  public void scan(Predicate<FoundLetter> visitor) {
    read(partitions(topic), record -> visitor.test(found(record)));
  }

  /** The letter of an address, if there is one. */
  public Optional<FoundLetter> find(LetterAddress address) {
    List<FoundLetter> found = new ArrayList<>();
    if (address.isOfLetter()) {
      readOne(address, record -> found.add(found(record)));
    } else {
      scan(
          letter -> {
            if (letter instanceof FoundLetter.Whole readable
                && address.isOfEvent(readable.letter())) {
              found.add(letter);
            }
            return found.isEmpty();
          });
    }
    return found.stream().findFirst();
  }

  private void readOne(LetterAddress address, Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
    TopicPartition partition = new TopicPartition(name, address.partition());
    if (!partitions(topic).contains(partition)) {
      return;
    }
    told(() -> records.readOne(partition, address.offset(), visitor));
  }

  /** What was replayed from this topic so far. */
  public ReplayLedger ledger() throws InterruptedException {
    ReplayLedger ledger = new ReplayLedger();
    TopicDescription ledgerTopic = describeOrNull(clients, admin, ledgerName());
    if (ledgerTopic != null) {
      read(
          partitions(ledgerTopic),
          record -> {
            ReplayEntry entry = ReplayEntry.ofNullable(record.value());
            if (entry != null
                && entry.letterTopic().equals(name)
                && entry.letterTopicId().equals(id())) {
              ledger.add(entry.letter(), entry.to());
            }
            return true;
          });
    }
    return ledger;
  }

  private void read(
      List<TopicPartition> partitions, Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
    told(() -> records.read(partitions, visitor));
  }

  /** What the broker refuses, in one line. */
  private void told(Runnable reading) {
    try {
      reading.run();
    } catch (KafkaException failure) {
      throw clients.refused(failure, SILENCE);
    }
  }

  private static List<TopicPartition> partitions(TopicDescription topic) {
    return topic.partitions().stream()
        .map(partition -> new TopicPartition(topic.name(), partition.partition()))
        .toList();
  }

  private static FoundLetter found(ConsumerRecord<byte[], byte[]> record) {
    LetterId id = new LetterId(record.partition(), record.offset());
    byte[] value = record.value();
    if (value == null) {
      return new FoundLetter.Unreadable(id, "the record has no value");
    }
    try {
      return new FoundLetter.Whole(id, DeadLetterReader.read(value), errors(record));
    } catch (InvalidInputException noLetter) {
      return new FoundLetter.Unreadable(id, String.valueOf(noLetter.getMessage()));
    }
  }

  private static Map<String, String> errors(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> errors = new HashMap<>();
    for (Header header : record.headers()) {
      if (header.key().startsWith(RecordHeaders.ERROR_PREFIX) && header.value() != null) {
        errors.put(header.key(), new String(header.value(), UTF_8));
      }
    }
    return errors;
  }

  @Override
  public void close() {
    consumer.close();
    admin.close();
  }
}
