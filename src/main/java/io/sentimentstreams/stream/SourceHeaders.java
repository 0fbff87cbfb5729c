package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sentimentstreams.event.RecordHeaders;
import org.apache.kafka.common.header.Headers;

/** Says in an output's headers which event it is of. */
final class SourceHeaders {
  private SourceHeaders() {}

  static void add(Headers headers, String topic, int partition, long offset) {
    headers.add(RecordHeaders.SOURCE_TOPIC, topic.getBytes(UTF_8));
    headers.add(RecordHeaders.SOURCE_PARTITION, decimal(partition));
    headers.add(RecordHeaders.SOURCE_OFFSET, decimal(offset));
  }

  private static byte[] decimal(long number) {
    return Long.toString(number).getBytes(UTF_8);
  }
}
