package io.sentimentstreams.audit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A report, and what limits it.
 *
 * @param retention input partitions whose first events went away by retention, and the first offset
 *     that is left
 * @param trimmed output partitions whose first records went away by retention
 * @param outputsFinal false where a transaction was left open on an output topic, so that outputs
 *     may still appear
 * @param openTransactions those that hide the ends of output topics, where outputs are not final
 * @param idleGroup the stream's group, where it has committed no offset of the inputs; else null
 */
public record AuditResult(
    AuditReport report,
    Map<Partition, Long> retention,
    Set<Partition> trimmed,
    boolean outputsFinal,
    List<OpenTransaction> openTransactions,
    @Nullable String idleGroup) {
  public AuditResult {
    retention = Map.copyOf(retention);
    trimmed = Set.copyOf(trimmed);
    openTransactions = List.copyOf(openTransactions);
  }
}
