package io.sentimentstreams.audit;

import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What an audit found.
 *
 * @param partitions by input partition, in their order
 * @param foreign records of output topics that are not of this application, by topic
 * @param examples the first coordinates of each fault
 */
public record AuditReport(
    List<PartitionReport> partitions, Map<String, Long> foreign, Examples examples) {
  public AuditReport {
    partitions = List.copyOf(partitions);
    foreign = Map.copyOf(foreign);
  }

  /** The sum of a count over all partitions. */
  public long sum(ToLongFunction<PartitionReport> count) {
    return partitions.stream().mapToLong(count).sum();
  }

  /** What it comes to. */
  public Verdict verdict() {
    if (sum(PartitionReport::faults) > 0) {
      return Verdict.UNBALANCED;
    }
    return sum(PartitionReport::pending) > 0 ? Verdict.BEHIND : Verdict.BALANCED;
  }

  /** What an audit comes to. */
  public enum Verdict {
    /** Every event has one output, in order. */
    BALANCED("balanced"),
    /** No fault, but the stream has not worked on all events. */
    BEHIND("behind"),
    /** Events are lost, doubled, out of order, or not there. */
    UNBALANCED("unbalanced");

    private final String code;

    Verdict(String code) {
      this.code = code;
    }

    /** As it is written. */
    public String code() {
      return code;
    }
  }

  /** The first coordinates of each fault, as text: {@code tweets-3@17}. */
  public record Examples(
      List<String> lost, List<String> doubled, List<String> outOfOrder, List<String> withoutEvent) {
    public Examples {
      lost = List.copyOf(lost);
      doubled = List.copyOf(doubled);
      outOfOrder = List.copyOf(outOfOrder);
      withoutEvent = List.copyOf(withoutEvent);
    }
  }
}
