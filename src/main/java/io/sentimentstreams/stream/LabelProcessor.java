package io.sentimentstreams.stream;

import io.sentimentstreams.batch.BatchUnfinishedException;
import io.sentimentstreams.batch.BreakerOpenException;
import io.sentimentstreams.batch.CallsExhaustedException;
import io.sentimentstreams.batch.Frame;
import io.sentimentstreams.metrics.FrameTally;
import io.sentimentstreams.tracing.FrameTracer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A route's processor: a frame in, an output a row out before {@code process} returns, in the rows'
 * order. It keeps nothing, so that Kafka Streams' commits are right as they are.
 */
final class LabelProcessor implements Processor<byte[], byte[], byte[], Outgoing> {
  private static final Logger LOG = LoggerFactory.getLogger(LabelProcessor.class);

  private final String route;
  private final ModelSlot slot;
  private final RouteGuard guard;
  private final Optional<Comparison> comparison;
  private final Optional<TrendCounts> trends;
  private final FrameTracer tracer;
  private final LongSupplier nanos;
  private final String labelledSink;
  private final String deadLetterSink;
  private @Nullable ProcessorContext<byte[], Outgoing> context;

  LabelProcessor(
      String route,
      ModelSlot slot,
      RouteGuard guard,
      Optional<Comparison> comparison,
      Optional<TrendCounts> trends,
      FrameTracer tracer,
      LongSupplier nanos,
      String labelledSink,
      String deadLetterSink) {
    this.route = route;
    this.slot = slot;
    this.guard = guard;
    this.comparison = comparison;
    this.trends = trends;
    this.tracer = tracer;
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
    // One model from the first row to the last, whatever is activated meanwhile.
    try (ModelSlot.Lease lease = slot.lease();
        FrameTracer.Work work = tracer.begin(route, frame)) {
      RouteModel model = lease.model();
      model.meters().queued(began - packed);
      List<LabelledRow> rows;
      List<LabelledRow> sent = new ArrayList<>(frame.rows().size());
      try (FrameTally tally = model.meters().begin(frame.rows().size())) {
        rows = label(model, frame);
        for (LabelledRow row : rows) {
          sent.add(forward(model, frame, row, tally));
        }
        tally.done();
      }
      model.meters().finishedIn(nanos.getAsLong() - packed);
      // In the same transaction, so once as well, but after all that the outputs need.
      trends.ifPresent(
          counts -> counts.forward(frame, sent, model.shared().labeller().labels(), context()));
      comparison.ifPresent(with -> with.forward(frame, rows, lease, context()));
      model.tap().sent(frame, sent);
      work.done(model.shared().labeller().info().name(), dead(sent));
    }
  }

  /**
   * Where the model fails for everything, or the schema registry does not answer, the thread gives
   * its transaction up and begins again at the last commit, as it does when another has taken its
   * tasks. (Another way to abort, {@code TaskCorruptedException}, commits the outputs that the
   * thread has sent on so far, without the offsets of this task: {@code
   * TaskManager.handleCorruption} in Kafka Streams 4.3.1.)
   *
   * <p>It does so too where a frame would take too long, since too many of its texts hang. Its rows
   * then come one by one, so that those that have their outcomes can be committed.
   */
  private List<LabelledRow> label(RouteModel model, Frame frame) {
    try {
      return model.labeller().label(frame, guard);
    } catch (BatchUnfinishedException unfinished) {
      narrow(frame, unfinished);
      throw new TaskMigratedException("The frame takes too long, and is divided", unfinished);
    } catch (BreakerOpenException open) {
      if (open.getCause() instanceof CallsExhaustedException) {
        narrow(frame, open);
      }
      throw new TaskMigratedException(
          "The model fails, or the schema registry, and the work on the events ends", open);
    }
  }

  private void narrow(Frame frame, RuntimeException why) {
    if (frame.rows().size() > 1) {
      LOG.warn(
          "Topic {}, partition {}, {} events from offset {} on: {}; they are worked on one by one",
          frame.topic(),
          frame.partition(),
          frame.rows().size(),
          frame.rows().get(0).offset(),
          Causes.deepestMessage(why));
      guard.narrow().narrow(frame);
    }
  }

  /** Sends a row on; gives what became of it, which may be dead by its size only now. */
  private LabelledRow forward(RouteModel model, Frame frame, LabelledRow row, FrameTally tally) {
    if (row instanceof LabelledRow.Dead dead) {
      return forwardDead(model, frame, dead, tally);
    }
    LabelledRow.Done done = (LabelledRow.Done) row;
    Record<byte[], Outgoing> labelled = model.records().labelled(frame, done);
    if (labelled == null) {
      return forwardDead(model, frame, model.records().tooLarge(done), tally);
    }
    context().forward(labelled, labelledSink);
    tally.labelled(done.prediction().label());
    return done;
  }

  private LabelledRow forwardDead(
      RouteModel model, Frame frame, LabelledRow.Dead dead, FrameTally tally) {
    context().forward(model.records().deadLetter(frame, dead), deadLetterSink);
    tally.deadLettered(dead.rejected().reason());
    return dead;
  }

  private static int dead(List<LabelledRow> rows) {
    int dead = 0;
    for (LabelledRow row : rows) {
      dead += row instanceof LabelledRow.Dead ? 1 : 0;
    }
    return dead;
  }

  private ProcessorContext<byte[], Outgoing> context() {
    if (context == null) {
      throw new IllegalStateException("Kafka Streams has not called init");
    }
    return context;
  }
}
