package io.sentimentstreams.cli;

import io.sentimentstreams.audit.AuditReport;
import io.sentimentstreams.audit.AuditResult;
import io.sentimentstreams.audit.OpenTransaction;
import io.sentimentstreams.audit.PartitionReport;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** An audit for people: a line a partition, what was found, and what it comes to. */
final class AuditTable {
  private static final String ROW = "%-24s %,12d %,12d %,12d %,8d %,8d %,12d %,13d %,9d %,9d\n";

  private final AuditResult result;
  private final AuditReport report;
  private final StringBuilder text = new StringBuilder();

  private AuditTable(AuditResult result) {
    this.result = result;
    this.report = result.report();
  }

  static String of(AuditResult result) {
    return new AuditTable(result).text();
  }

  private String text() {
    add(
        "%-24s %12s %12s %12s %8s %8s %12s %13s %9s %9s\n",
        "partition",
        "events",
        "labelled",
        "dead letters",
        "lost",
        "doubled",
        "out of order",
        "without event",
        "pending",
        "expired");
    report.partitions().forEach(this::row);
    add(
        ROW,
        "total",
        report.sum(PartitionReport::events),
        report.sum(PartitionReport::labelled),
        report.sum(PartitionReport::deadLettered),
        report.sum(PartitionReport::lost),
        report.sum(PartitionReport::doubled),
        report.sum(PartitionReport::outOfOrder),
        report.sum(PartitionReport::withoutEvent),
        report.sum(PartitionReport::pending),
        report.sum(PartitionReport::expired));
    text.append('\n');
    examples("lost", report.sum(PartitionReport::lost), report.examples().lost());
    examples("doubled", report.sum(PartitionReport::doubled), report.examples().doubled());
    examples(
        "out of order", report.sum(PartitionReport::outOfOrder), report.examples().outOfOrder());
    examples(
        "outputs of offsets without an event",
        report.sum(PartitionReport::withoutEvent),
        report.examples().withoutEvent());
    notes();
    verdict();
    return text.toString().stripTrailing();
  }

  private void row(PartitionReport partition) {
    add(
        ROW,
        partition.scope().input(),
        partition.events(),
        partition.labelled(),
        partition.deadLettered(),
        partition.lost(),
        partition.doubled(),
        partition.outOfOrder(),
        partition.withoutEvent(),
        partition.pending(),
        partition.expired());
  }

  private void examples(String what, long count, List<String> examples) {
    if (count > 0) {
      String more = count > examples.size() ? " ..." : "";
      add("%,d %s: %s%s\n", count, what, String.join(", ", examples), more);
    }
  }

  private void notes() {
    result
        .retention()
        .forEach(
            (partition, first) ->
                add("%s begins at offset %,d: earlier events are gone\n", partition, first));
    long expired = report.sum(PartitionReport::expired);
    if (expired > 0) {
      add(
          "%,d events have no output, but may have had one in the beginning of %s, which is gone\n",
          expired, result.trimmed());
    }
    new TreeMap<>(report.foreign())
        .forEach(
            (topic, count) ->
                add("%s holds %,d records that are not of this stream\n", topic, count));
    if (result.idleGroup() != null) {
      add(
          "group %s has committed no offsets of these inputs: if the stream has run, check"
              + " applicationId\n",
          result.idleGroup());
    }
    if (!result.outputsFinal()) {
      add("an open transaction hides the end of an output topic: verify again when it has ended\n");
      result.openTransactions().forEach(this::openTransaction);
    }
  }

  private void openTransaction(OpenTransaction open) {
    add(
        "  %s: producer %d has one open since offset %d, and last wrote at %s; where that is longer"
            + " ago than transaction.timeout.ms, see 'hanging transactions' in docs/reliability.md\n",
        open.output(), open.producerId(), open.startOffset(), open.lastWrite());
  }

  private void verdict() {
    long events = report.sum(PartitionReport::events);
    switch (report.verdict()) {
      case BALANCED -> add("balanced: %,d events, each with one outcome, in order\n", events);
      case BEHIND ->
          add(
              "behind: %,d of %,d events still wait for the stream, the others are in balance\n",
              report.sum(PartitionReport::pending), events);
      case UNBALANCED -> add("unbalanced: see above\n");
    }
  }

  private void add(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }
}
