package io.sentimentstreams.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be audited.
 *
 * @param routes names of the routes; empty for all
 * @param from first offsets by input partition; others begin at {@code since}
 * @param to offsets behind the last by input partition; others end where they end now
 * @param since where partitions without a first offset begin: at the first event of this time or
 *     later; null for the first event that is there
 * @param patience how long the stream may take to work on events that it has not come to
 * @param examples how many coordinates of each fault are listed
 */
public record AuditRequest(
    Set<String> routes,
    Map<Partition, Long> from,
    Map<Partition, Long> to,
    @Nullable Instant since,
    Duration patience,
    int examples) {
  public AuditRequest {
    routes = Set.copyOf(routes);
    from = Map.copyOf(from);
    to = Map.copyOf(to);
  }

  /** An audit of all that is there. */
  public static AuditRequest ofAll(Duration patience, int examples) {
    return new AuditRequest(Set.of(), Map.of(), Map.of(), null, patience, examples);
  }
}
