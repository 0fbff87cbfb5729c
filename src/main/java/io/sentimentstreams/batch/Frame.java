package io.sentimentstreams.batch;

import java.util.List;
import java.util.Objects;

/**
 * Rows of one partition that are worked on together: one record to the topology, one call of the
 * model.
 *
 * @param topic the rows' input topic
 * @param partition the rows' partition, 0 or more
 * @param rows at least one, by ascending offset; offsets may have gaps, as compaction and
 *     transactions leave them
 */
public record Frame(String topic, int partition, List<FrameRow> rows) {
  public Frame {
    Objects.requireNonNull(topic, "topic");
    rows = List.copyOf(rows);
    if (partition < 0) {
      throw new IllegalArgumentException(
          "partition: %d, but 0 or more is needed".formatted(partition));
    }
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("rows: none, but a frame holds at least one");
    }
    for (int i = 1; i < rows.size(); i++) {
      if (rows.get(i).offset() <= rows.get(i - 1).offset()) {
        throw new IllegalArgumentException(
            "rows: offset %d follows %d, but offsets ascend"
                .formatted(rows.get(i).offset(), rows.get(i - 1).offset()));
      }
    }
  }
}
