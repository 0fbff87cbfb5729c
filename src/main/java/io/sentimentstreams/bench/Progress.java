package io.sentimentstreams.bench;

import java.util.ArrayList;
import java.util.List;

/** How many records a stream had committed at which time, and how fast that was. */
final class Progress {
  private final long records;
  private final long readyNanos;
  private final List<Sample> samples = new ArrayList<>();

  private record Sample(long nanos, long committed) {}

  /**
   * @param records in the end
   * @param readyNanos when the stream began to consume
   */
  Progress(long records, long readyNanos) {
    this.records = records;
    this.readyNanos = readyNanos;
  }

  /** Adds what is committed at a time, later than those before. */
  void add(long nanos, long committed) {
    samples.add(new Sample(nanos, committed));
  }

  /** When the last addition was that told of more records, or when the stream began. */
  long movedNanos() {
    long committed = committed();
    return samples.stream()
        .filter(sample -> sample.committed() == committed && committed > 0)
        .mapToLong(Sample::nanos)
        .findFirst()
        .orElse(readyNanos);
  }

  long committed() {
    return samples.isEmpty() ? 0 : samples.get(samples.size() - 1).committed();
  }

  boolean isDone() {
    return committed() >= records;
  }

  /**
   * Records a second from the first commit to the last. Where the first had half of all records,
   * too little is left to be timed, and the time runs from the stream's beginning.
   */
  double recordsPerSecond() {
    Sample first =
        samples.stream().filter(sample -> sample.committed() > 0).findFirst().orElseThrow();
    Sample last =
        samples.stream().filter(sample -> sample.committed() >= records).findFirst().orElseThrow();
    Sample from = first.committed() <= records / 2 ? first : new Sample(readyNanos, 0);
    return (last.committed() - from.committed()) / (Math.max(1, last.nanos() - from.nanos()) / 1e9);
  }
}
