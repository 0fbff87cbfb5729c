package io.sentimentstreams.stream;

import io.sentimentstreams.batch.Frame;
import io.sentimentstreams.batch.FrameRow;
import io.sentimentstreams.event.TextEvent;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.page.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the page costs a stream thread for a frame of 250 events, by a clock on which 400 frames, so
 * 100,000 events, pass in a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RouteTapBenchmark {
  private static final int ROWS = 250;
  private static final long NANOS_A_FRAME = TimeUnit.SECONDS.toNanos(1) / 400;
  private static final Labels LABELS = new Labels(List.of("negative", "neutral", "positive"));

  /** The setting {@code http.samples}. */
  @Param({"0", "10", "100"})
  public int samples;

  private final List<LabelledRow> rows = rows();
  private final Frame frame = new Frame("tweets", 0, rows.stream().map(LabelledRow::row).toList());
  private RouteTap tap = tap();
  private long nanos;

  private RouteTap tap() {
    return new RouteTap("tweets", LABELS, "v1", new Samples(samples, () -> nanos, new Random(1)));
  }

  private static List<LabelledRow> rows() {
    List<LabelledRow> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      rows.add(
          new LabelledRow.Done(
              new FrameRow(row, 0, null, new byte[0], List.of()),
              new TextEvent(null, "thank you for the early landing, lovely crew"),
              Prediction.of(new float[] {0.1f, 0.2f, 0.7f}),
              new byte[0]));
    }
    return rows;
  }

  /** With the number of samples, which is not known before. */
  @Setup
  public void open() {
    tap = tap();
  }

  /** A frame passes. */
  @Benchmark
  public void frame() {
    nanos += NANOS_A_FRAME;
    tap.sent(frame, rows);
  }
}
