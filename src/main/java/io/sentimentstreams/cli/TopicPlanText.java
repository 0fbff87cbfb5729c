package io.sentimentstreams.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sentimentstreams.event.TopicSpec;
import io.sentimentstreams.topics.TopicChange;
import io.sentimentstreams.topics.TopicPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Differences between a broker's topics and their files, for people and for machines. */
final class TopicPlanText {
  private static final JsonMapper JSON = new JsonMapper();

  private TopicPlanText() {}

  /** A line a difference, and a summary. */
  static String table(TopicPlan plan) {
    List<String> lines = new ArrayList<>();
    plan.steps().forEach(step -> lines.add(row(step)));
    long hindered = plan.steps().stream().filter(step -> !step.isFree()).count();
    lines.add(
        "%s, %s%s"
            .formatted(
                count(plan.unchanged().size(), "topic as described", "topics as described"),
                differences(plan.steps().size()),
                hindered == 0 ? "" : ", %d of which would stay".formatted(hindered)));
    return String.join(System.lineSeparator(), lines);
  }

  /** What was done, and what was not. */
  static String applied(TopicPlan plan, TopicPlan left) {
    List<String> lines = new ArrayList<>();
    plan.steps().stream().filter(TopicPlan.Step::isFree).forEach(step -> lines.add(row(step)));
    left.steps().forEach(step -> lines.add("left as is: " + row(step)));
    lines.add(
        "%s, %s left"
            .formatted(
                count(left.unchanged().size(), "topic as described", "topics as described"),
                differences(left.steps().size())));
    return String.join(System.lineSeparator(), lines);
  }

  private static String differences(int number) {
    return count(number, "difference", "differences");
  }

  private static String count(int number, String one, String more) {
    return number == 0 ? "no " + more : "%d %s".formatted(number, number == 1 ? one : more);
  }

  private static String row(TopicPlan.Step step) {
    TopicChange change = step.change();
    String row =
        String.format(Locale.ROOT, "%-10s %-30s %s", kind(change), change.topic(), detail(change));
    return step.isFree() ? row : "%s (stays: %s)".formatted(row, step.hindrance());
  }

  private static String kind(TopicChange change) {
    if (change instanceof TopicChange.Create) {
      return "create";
    }
    if (change instanceof TopicChange.Delete) {
      return "delete";
    }
    if (change instanceof TopicChange.SetConfig || change instanceof TopicChange.ResetConfig) {
      return "config";
    }
    return change instanceof TopicChange.Replicas ? "replicas" : "partitions";
  }

  private static String detail(TopicChange change) {
    if (change instanceof TopicChange.Create create) {
      return detail(create.spec());
    }
    if (change instanceof TopicChange.Delete delete) {
      return "%s with all records".formatted(count(delete.partitions(), "partition", "partitions"));
    }
    if (change instanceof TopicChange.SetConfig set) {
      return "%s: %s -> %s"
          .formatted(set.key(), set.from().isEmpty() ? "none" : set.from(), set.to());
    }
    if (change instanceof TopicChange.ResetConfig reset) {
      return "%s: %s -> the broker's default".formatted(reset.key(), reset.from());
    }
    if (change instanceof TopicChange.Replicas replicas) {
      return "%d -> %d".formatted(replicas.from(), replicas.to());
    }
    if (change instanceof TopicChange.AddPartitions more) {
      return "%d -> %d".formatted(more.from(), more.to());
    }
    TopicChange.RemovePartitions fewer = (TopicChange.RemovePartitions) change;
    return "%d -> %d".formatted(fewer.from(), fewer.to());
  }

  private static String detail(TopicSpec spec) {
    List<String> parts = new ArrayList<>();
    parts.add(count(spec.partitions(), "partition", "partitions"));
    parts.add(count(spec.replicas(), "replica", "replicas"));
    new TreeMap<>(spec.config()).forEach((key, value) -> parts.add(key + "=" + value));
    return String.join(", ", parts);
  }

  static String json(TopicPlan plan) {
    return tree(plan).toString();
  }

  static String appliedJson(TopicPlan plan, TopicPlan left) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode done = root.putArray("done");
    plan.steps().stream()
        .filter(TopicPlan.Step::isFree)
        .forEach(step -> add(done.addObject(), step));
    root.setAll(tree(left));
    return root.toString();
  }

  private static ObjectNode tree(TopicPlan plan) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode steps = root.putArray("differences");
    plan.steps().forEach(step -> add(steps.addObject(), step));
    ArrayNode unchanged = root.putArray("asDescribed");
    plan.unchanged().forEach(unchanged::add);
    return root;
  }

  private static void add(ObjectNode node, TopicPlan.Step step) {
    TopicChange change = step.change();
    node.put("topic", change.topic()).put("kind", kind(change));
    if (change instanceof TopicChange.Create create) {
      node.put("partitions", create.spec().partitions()).put("replicas", create.spec().replicas());
      ObjectNode config = node.putObject("config");
      new TreeMap<>(create.spec().config()).forEach(config::put);
    } else if (change instanceof TopicChange.Delete delete) {
      node.put("partitions", delete.partitions());
    } else if (change instanceof TopicChange.SetConfig set) {
      node.put("key", set.key()).put("from", set.from()).put("to", set.to());
    } else if (change instanceof TopicChange.ResetConfig reset) {
      node.put("key", reset.key()).put("from", reset.from()).putNull("to");
    } else if (change instanceof TopicChange.Replicas replicas) {
      node.put("from", replicas.from()).put("to", replicas.to());
    } else if (change instanceof TopicChange.AddPartitions more) {
      node.put("from", more.from()).put("to", more.to());
    } else if (change instanceof TopicChange.RemovePartitions fewer) {
      node.put("from", fewer.from()).put("to", fewer.to());
    }
    if (!step.isFree()) {
      node.put("stays", step.hindrance());
    }
  }
}
