package io.sentimentstreams.stream;

import io.sentimentstreams.batch.Frame;
import io.sentimentstreams.metrics.RouteMeters;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A route's processor: a frame in, an output a row out before {@code process} returns, in the rows'
 * order. It keeps nothing, so that Kafka Streams' commits are right as they are.
 */
final class LabelProcessor implements Processor<byte[], byte[], byte[], Outgoing> {
  private final FrameLabeller labeller;
  private final OutgoingRecords records;
  private final RouteMeters meters;
  private final LongSupplier nanos;
  private final String labelledSink;
  private final String deadLetterSink;
  private @Nullable ProcessorContext<byte[], Outgoing> context;

  LabelProcessor(
      FrameLabeller labeller,
      OutgoingRecords records,
      RouteMeters meters,
      LongSupplier nanos,
      String labelledSink,
      String deadLetterSink) {
    this.labeller = labeller;
    this.records = records;
    this.meters = meters;
    this.nanos = nanos;
    this.labelledSink = labelledSink;
    this.deadLetterSink = deadLetterSink;
  }

  @Override
  public void init(ProcessorContext<byte[], Outgoing> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    long began = nanos.getAsLong();
    long packed = FrameRecords.packedAt(record.headers(), began);
    Frame frame = FrameRecords.frame(record, context().recordMetadata().orElseThrow());
    meters.queued(began - packed);
    meters.received(frame.rows().size());
    List<LabelledRow> rows = labeller.label(frame);
    rows.forEach(row -> forward(frame, row));
    meters.finishedIn(nanos.getAsLong() - packed);
  }

  private void forward(Frame frame, LabelledRow row) {
    if (row instanceof LabelledRow.Dead dead) {
      forwardDead(frame, dead);
      return;
    }
    LabelledRow.Done done = (LabelledRow.Done) row;
    Record<byte[], Outgoing> labelled = records.labelled(frame, done);
    if (labelled == null) {
      forwardDead(frame, records.tooLarge(done));
      return;
    }
    context().forward(labelled, labelledSink);
    meters.labelled(done.label());
  }

  private void forwardDead(Frame frame, LabelledRow.Dead dead) {
    context().forward(records.deadLetter(frame, dead), deadLetterSink);
    meters.deadLettered(dead.rejected().reason());
  }

  private ProcessorContext<byte[], Outgoing> context() {
    if (context == null) {
      throw new IllegalStateException("Kafka Streams has not called init");
    }
    return context;
  }
}
