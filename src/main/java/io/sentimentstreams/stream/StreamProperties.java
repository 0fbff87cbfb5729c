package io.sentimentstreams.stream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Kafka Streams' configuration: the application's defaults, over them the user's {@code kafka.*},
 * over them what the application owns.
 */
final class StreamProperties {
  /** Frames of a poll from one full partition. */
  private static final int FRAMES_A_POLL = 4;

  /** Frames of a partition that wait in memory before it is paused, in frames. */
  private static final int WAITING_FRAMES = 4;

  /** Bytes of one answer of a broker: of each thread's memory, however many partitions it has. */
  private static final int FETCHED_BYTES = 16 << 20;

  /** Bytes of a row, a guess: the broker answers before the linger ends where a frame is full. */
  private static final int GUESSED_ROW_BYTES = 100;

  /**
   * There is no global table; but without this, Kafka Streams 4 warns of it at each start, and its
   * partition assignor, which reads the main consumer's settings, in each thread.
   */
  private static final String GLOBAL_HANDLER = "processing.exception.handler.global.enabled";

  /**
   * A transaction spans one frame of every task of a thread, calls of the model included; Kafka
   * Streams' default of 10 s may be too short for slow models, and then no frame is ever committed.
   * This is as long as a group waits for a dead member, so that a crash costs no more time; longer
   * where calls of the model may take so long that one that hangs would end the transaction.
   */
  private static final int TRANSACTION_TIMEOUT_MILLIS = 45_000;

  /** Calls that may time out within a transaction: a frame's, and those of its texts that hang. */
  private static final int TIMEOUTS = 2;

  private static final int SLACK_MILLIS = 5_000;

  /**
   * Without transactions, what a crash labels again is what came since the last commit; Kafka
   * Streams' default is 30 s. Exactly-once commits more often by itself.
   */
  private static final int COMMIT_INTERVAL_MILLIS = 1_000;

  private static final int REQUEST_OVERHEAD_BYTES = 64 * 1024;

  /** Bytes that a value is longer than what is kept of it, so that it ends with a character. */
  private static final int LONGEST_CHARACTER = 4;

  private StreamProperties() {}

  /**
   * The configuration.
   *
   * @param onFramingFailure told of each poll that could not be packed into frames
   * @param narrow where rows are packed alone
   */
  static Map<String, Object> of(
      StreamSettings settings, Runnable onFramingFailure, NarrowFrames narrow) {
    Map<String, Object> properties = new HashMap<>(settings.kafka());
    addDefaults(properties, settings);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.put(
        StreamsConfig.PROCESSING_GUARANTEE_CONFIG, settings.processingGuarantee().code());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    addInterceptor(properties, settings, onFramingFailure, narrow);
    return properties;
  }

  /** Whether the threads are members of the group by names of their own (KIP-345). */
  static boolean isStaticMember(StreamSettings settings) {
    return Stream.of("", StreamsConfig.CONSUMER_PREFIX, StreamsConfig.MAIN_CONSUMER_PREFIX)
        .anyMatch(
            prefix ->
                settings.kafka().containsKey(prefix + ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
  }

  private static void addDefaults(Map<String, Object> properties, StreamSettings settings) {
    int rows = settings.batch().maximumRows();
    // Stable, for it is a tag of all of Kafka's meters.
    properties.putIfAbsent(CommonClientConfigs.CLIENT_ID_CONFIG, settings.applicationId());
    properties.putIfAbsent(GLOBAL_HANDLER, true);
    properties.putIfAbsent(StreamsConfig.MAIN_CONSUMER_PREFIX + GLOBAL_HANDLER, true);
    properties.putIfAbsent(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, WAITING_FRAMES);
    addConsumerDefault(
        properties, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, multiple(rows, FRAMES_A_POLL));
    addConsumerDefault(properties, ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCHED_BYTES);
    int lingerMillis = (int) settings.linger().toMillis();
    if (lingerMillis > 0) {
      int bytes = Math.min(settings.batch().maximumBytes(), multiple(rows, GUESSED_ROW_BYTES));
      addConsumerDefault(properties, ConsumerConfig.FETCH_MIN_BYTES_CONFIG, bytes);
      addConsumerDefault(properties, ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, lingerMillis);
    }
    addProducerDefault(properties, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, requestBytes(settings));
    if (settings.processingGuarantee() == ProcessingGuarantee.EXACTLY_ONCE_V2) {
      int calls = TIMEOUTS * (int) settings.guard().modelTimeout().toMillis();
      addProducerDefault(
          properties,
          ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
          Math.max(TRANSACTION_TIMEOUT_MILLIS, calls + SLACK_MILLIS));
    } else {
      properties.putIfAbsent(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MILLIS);
      // As with exactly_once_v2: events of a transaction that was given up are none.
      addConsumerDefault(
          properties,
          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
          IsolationLevel.READ_COMMITTED.toString());
    }
  }

  /** The largest request of a producer: one record as large as an output may be. */
  static int requestBytes(StreamSettings settings) {
    return settings.limits().recordBytes() + REQUEST_OVERHEAD_BYTES;
  }

  private static int multiple(int rows, int factor) {
    return (int) Math.min(Integer.MAX_VALUE, (long) rows * factor);
  }

  private static void addConsumerDefault(Map<String, Object> properties, String key, Object value) {
    addDefault(
        properties,
        key,
        value,
        List.of(StreamsConfig.MAIN_CONSUMER_PREFIX, StreamsConfig.CONSUMER_PREFIX));
  }

  private static void addProducerDefault(Map<String, Object> properties, String key, Object value) {
    addDefault(properties, key, value, List.of(StreamsConfig.PRODUCER_PREFIX));
  }

  /** Sets the key unless the user did, with or without a prefix. */
  private static void addDefault(
      Map<String, Object> properties, String key, Object value, List<String> prefixes) {
    boolean set =
        properties.containsKey(key)
            || prefixes.stream().anyMatch(prefix -> properties.containsKey(prefix + key));
    if (!set) {
      properties.put(prefixes.get(0) + key, value);
    }
  }

  private static void addInterceptor(
      Map<String, Object> properties,
      StreamSettings settings,
      Runnable onFramingFailure,
      NarrowFrames narrow) {
    String topics =
        settings.routes().stream()
            .flatMap(route -> route.inputs().stream())
            .collect(Collectors.joining(","));
    Limits limits = settings.limits();
    Map<String, Object> own =
        Map.of(
            ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
            FramingInterceptor.class.getName(),
            FramingInterceptor.TOPICS,
            topics,
            FramingInterceptor.MAXIMUM_ROWS,
            settings.batch().maximumRows(),
            FramingInterceptor.MAXIMUM_BYTES,
            settings.batch().maximumBytes(),
            FramingInterceptor.EVENT_BYTES,
            limits.eventBytes(),
            FramingInterceptor.KEPT_BYTES,
            limits.valueBytes() + LONGEST_CHARACTER,
            FramingInterceptor.NARROW,
            narrow,
            FramingInterceptor.ON_FAILURE,
            onFramingFailure);
    own.forEach((key, value) -> properties.put(StreamsConfig.MAIN_CONSUMER_PREFIX + key, value));
  }
}
