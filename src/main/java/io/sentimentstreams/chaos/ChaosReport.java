package io.sentimentstreams.chaos;

import io.sentimentstreams.audit.AuditResult;
import io.sentimentstreams.audit.PartitionReport;
import io.sentimentstreams.stream.ProcessingGuarantee;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What became of a run.
 *
 * @param audit of all events, after the last fault
 * @param trends null where none were asked for
 * @param faults that were done, by kind
 * @param endedByThemselves instances that ended unasked and were started anew
 * @param recovery times by kind, ascending
 * @param notRecovered faults that the stream was not over when events ended, by kind
 * @param outputsByModel committed labelled events, by the name of the model that made them
 * @param took from the first fault on, as long as events were sent
 * @param drained from there until the audit's end
 */
public record ChaosReport(
    ChaosSettings settings,
    AuditResult audit,
    @Nullable TrendReport trends,
    Map<FaultKind, Integer> faults,
    int endedByThemselves,
    Map<FaultKind, List<Duration>> recovery,
    Map<FaultKind, Integer> notRecovered,
    Map<String, Long> outputsByModel,
    Duration took,
    Duration drained) {
  public ChaosReport {
    faults = Map.copyOf(faults);
    recovery = Map.copyOf(recovery);
    notRecovered = Map.copyOf(notRecovered);
    outputsByModel = Collections.unmodifiableMap(new TreeMap<>(outputsByModel));
  }

  /** Whether the stream kept what it promises, and stalled nowhere; at-least-once may double. */
  public boolean passed() {
    boolean exactlyOnce = settings.guarantee() == ProcessingGuarantee.EXACTLY_ONCE_V2;
    return sum(PartitionReport::events) > 0
        && notRecovered.isEmpty()
        && sum(PartitionReport::lost) == 0
        && sum(PartitionReport::pending) == 0
        && sum(PartitionReport::withoutEvent) == 0
        && sum(PartitionReport::outOfOrder) == 0
        && (!exactlyOnce || sum(PartitionReport::doubled) == 0)
        && (trends == null || trends.isExact());
  }

  /** The sum of a count over all partitions. */
  public long sum(ToLongFunction<PartitionReport> count) {
    return audit.report().sum(count);
  }

  /** How often a fault was done. */
  public int count(FaultKind kind) {
    return faults.getOrDefault(kind, 0);
  }
}
