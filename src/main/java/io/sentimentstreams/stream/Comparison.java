package io.sentimentstreams.stream;

import io.sentimentstreams.batch.Frame;
import io.sentimentstreams.event.Disagreement;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * What a route's processor does with its shadow.
 *
 * @param sink where disagreements go
 */
record Comparison(ShadowModel shadow, DisagreementRecords records, String sink) {

  /** Compares a frame whose outputs were sent on, and sends the disagreements after them. */
  void forward(
      Frame frame,
      List<LabelledRow> rows,
      ModelSlot.Lease served,
      ProcessorContext<byte[], Outgoing> context) {
    for (Disagreement disagreement : shadow.compare(frame, rows, served)) {
      context.forward(records.record(frame, disagreement), sink);
    }
  }
}
