package io.sentimentstreams.stream;

import io.sentimentstreams.batch.Frame;
import io.sentimentstreams.batch.FrameRow;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Where frames of one row each are packed: up to the last row of a frame that could not be worked
 * on as a whole. So Kafka Streams may commit between its rows, and what the work came to is not
 * lost with the rest. Safe for use by several threads at once.
 */
final class NarrowFrames {
  /** First offset that is packed as usual again. */
  private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();

  /** The rows of this frame, and all before them, are packed alone from now on. */
  void narrow(Frame frame) {
    List<FrameRow> rows = frame.rows();
    long end = rows.get(rows.size() - 1).offset() + 1;
    ends.merge(new TopicPartition(frame.topic(), frame.partition()), end, Math::max);
  }

  /** How many of these rows, from the first on, are to be packed alone. */
  int aloneOf(TopicPartition partition, List<FrameRow> rows) {
    Long end = ends.get(partition);
    if (end == null) {
      return 0;
    }
    int alone = 0;
    while (alone < rows.size() && rows.get(alone).offset() < end) {
      alone++;
    }
    return alone;
  }
}
