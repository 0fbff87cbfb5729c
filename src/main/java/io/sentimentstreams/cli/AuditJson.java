package io.sentimentstreams.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sentimentstreams.audit.AuditReport;
import io.sentimentstreams.audit.AuditResult;
import io.sentimentstreams.audit.OpenTransaction;
import io.sentimentstreams.audit.PartitionReport;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** An audit as one line of JSON. */
final class AuditJson {
  private AuditJson() {}

  static String of(AuditResult result) {
    AuditReport report = result.report();
    ObjectNode root = new JsonMapper().createObjectNode();
    root.put("verdict", report.verdict().code());
    counts(root, report::sum);
    ObjectNode foreign = root.putObject("foreign");
    new TreeMap<>(report.foreign()).forEach(foreign::put);
    ObjectNode examples = root.putObject("examples");
    add(examples.putArray("lost"), report.examples().lost());
    add(examples.putArray("doubled"), report.examples().doubled());
    add(examples.putArray("outOfOrder"), report.examples().outOfOrder());
    add(examples.putArray("withoutEvent"), report.examples().withoutEvent());
    ObjectNode retention = root.putObject("retention");
    new TreeMap<>(result.retention())
        .forEach((partition, first) -> retention.put(partition.toString(), first));
    ArrayNode trimmed = root.putArray("trimmed");
    result.trimmed().stream().sorted().forEach(partition -> trimmed.add(partition.toString()));
    root.put("outputsFinal", result.outputsFinal());
    ArrayNode open = root.putArray("openTransactions");
    result.openTransactions().forEach(transaction -> add(open.addObject(), transaction));
    root.put("idleGroup", result.idleGroup());
    ArrayNode partitions = root.putArray("partitions");
    report.partitions().forEach(partition -> add(partitions.addObject(), partition));
    return root.toString();
  }

  private static void add(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  private static void add(ObjectNode node, OpenTransaction open) {
    node.put("topic", open.output().topic());
    node.put("partition", open.output().number());
    node.put("producerId", open.producerId());
    node.put("startOffset", open.startOffset());
    node.put("lastWrite", open.lastWrite().toString());
  }

  private static void add(ObjectNode node, PartitionReport partition) {
    node.put("topic", partition.scope().input().topic());
    node.put("partition", partition.scope().input().number());
    node.put("from", partition.scope().from());
    node.put("to", partition.scope().to());
    counts(node, count -> count.applyAsLong(partition));
  }

  private static void counts(
      ObjectNode node, ToLongFunction<ToLongFunction<PartitionReport>> count) {
    node.put("events", count.applyAsLong(PartitionReport::events));
    node.put("labelled", count.applyAsLong(PartitionReport::labelled));
    node.put("deadLettered", count.applyAsLong(PartitionReport::deadLettered));
    node.put("lost", count.applyAsLong(PartitionReport::lost));
    node.put("doubled", count.applyAsLong(PartitionReport::doubled));
    node.put("outOfOrder", count.applyAsLong(PartitionReport::outOfOrder));
    node.put("withoutEvent", count.applyAsLong(PartitionReport::withoutEvent));
    node.put("pending", count.applyAsLong(PartitionReport::pending));
    node.put("expired", count.applyAsLong(PartitionReport::expired));
  }
}
