package io.sentimentstreams.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sentimentstreams.event.RecordHeaders;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Reads which event an output is of, from its headers. Keeps the partitions it has met. */
final class OutputSource {
  /** Longest decimal number that is an offset. */
  private static final int MOST_DIGITS = 18;

  private final Map<String, Map<Integer, Partition>> partitions = new HashMap<>();

  /** The event of an output. */
  record Source(Partition input, long offset) {}

  /** Null where the headers do not say it. */
  @Nullable Source of(OutputKind kind, Headers headers) {
    boolean dead = kind == OutputKind.DEAD_LETTER;
    String topic = text(headers, dead ? RecordHeaders.ERROR_TOPIC : RecordHeaders.SOURCE_TOPIC);
    long partition =
        number(headers, dead ? RecordHeaders.ERROR_PARTITION : RecordHeaders.SOURCE_PARTITION);
    long offset = number(headers, dead ? RecordHeaders.ERROR_OFFSET : RecordHeaders.SOURCE_OFFSET);
    if (topic == null || partition < 0 || partition > Integer.MAX_VALUE || offset < 0) {
      return null;
    }
    return new Source(partition(topic, (int) partition), offset);
  }

  private Partition partition(String topic, int number) {
    Map<Integer, Partition> ofTopic = partitions.get(topic);
    Partition known = ofTopic == null ? null : ofTopic.get(number);
    return known == null ? new Partition(topic, number) : known;
  }

  /** Saves making this partition anew for each of its outputs. */
  void expect(Partition input) {
    partitions.computeIfAbsent(input.topic(), any -> new HashMap<>()).put(input.number(), input);
  }

  private static @Nullable String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }

  /** A decimal number, -1 where there is none. */
  private static long number(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    byte[] digits = header == null ? null : header.value();
    if (digits == null || digits.length == 0 || digits.length > MOST_DIGITS) {
      return -1;
    }
    long number = 0;
    for (byte digit : digits) {
      if (digit < '0' || digit > '9') {
        return -1;
      }
      number = number * 10 + (digit - '0');
    }
    return number;
  }
}
