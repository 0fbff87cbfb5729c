package io.sentimentstreams.topics;

import io.sentimentstreams.event.TopicCatalog;
import io.sentimentstreams.event.TopicSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a broker's topics differ from those described, and which differences may be ended.
 *
 * @param steps by topic, those of one topic together
 * @param unchanged names of the topics that are as described
 */
public record TopicPlan(List<Step> steps, List<String> unchanged) {
  public TopicPlan {
    steps = List.copyOf(steps);
    unchanged = List.copyOf(unchanged);
  }

  /**
   * A difference.
   *
   * @param hindrance why it stays, null where it can be ended
   */
  public record Step(TopicChange change, @Nullable String hindrance) {
    /** Whether nothing stands against it. */
    public boolean isFree() {
      return hindrance == null;
    }
  }

  /** The differences that can be ended. */
  List<TopicChange> free() {
    return steps.stream().filter(Step::isFree).map(Step::change).toList();
  }

  /**
   * Compares.
   *
   * @param broker the topics that are there: the described ones, and those that may be deleted
   */
  static TopicPlan of(
      TopicCatalog catalog, Map<String, BrokerTopic> broker, TopicRoles roles, Consent consent) {
    List<Step> steps = new ArrayList<>();
    List<String> unchanged = new ArrayList<>();
    for (TopicSpec spec : catalog.topics()) {
      List<TopicChange> changes = changes(spec, broker.get(spec.name()));
      changes.forEach(change -> steps.add(step(change, roles, consent)));
      if (changes.isEmpty()) {
        unchanged.add(spec.name());
      }
    }
    TreeSet<String> others = new TreeSet<>(broker.keySet());
    catalog.topics().forEach(spec -> others.remove(spec.name()));
    for (String name : others) {
      BrokerTopic other = broker.get(name);
      if (other != null && consent.mayDelete(name)) {
        steps.add(step(new TopicChange.Delete(name, other.partitions()), roles, consent));
      }
    }
    return new TopicPlan(steps, unchanged);
  }

  private static List<TopicChange> changes(TopicSpec spec, @Nullable BrokerTopic is) {
    if (is == null) {
      return List.of(new TopicChange.Create(spec));
    }
    List<TopicChange> changes = new ArrayList<>();
    if (is.partitions() < spec.partitions()) {
      changes.add(new TopicChange.AddPartitions(spec.name(), is.partitions(), spec.partitions()));
    } else if (is.partitions() > spec.partitions()) {
      changes.add(
          new TopicChange.RemovePartitions(spec.name(), is.partitions(), spec.partitions()));
    }
    if (is.fewestReplicas() != spec.replicas() || is.mostReplicas() != spec.replicas()) {
      int other = is.fewestReplicas() == spec.replicas() ? is.mostReplicas() : is.fewestReplicas();
      changes.add(new TopicChange.Replicas(spec.name(), other, spec.replicas()));
    }
    changes.addAll(configChanges(spec, is.config()));
    return changes;
  }

  private static List<TopicChange> configChanges(
      TopicSpec spec, Map<String, BrokerTopic.Setting> is) {
    List<TopicChange> changes = new ArrayList<>();
    new TreeMap<>(spec.config())
        .forEach(
            (key, wanted) -> {
              String value =
                  Optional.ofNullable(is.get(key)).map(BrokerTopic.Setting::value).orElse("");
              if (!TopicConfigs.same(value, wanted)) {
                changes.add(new TopicChange.SetConfig(spec.name(), key, value, wanted));
              }
            });
    new TreeMap<>(is)
        .forEach(
            (key, setting) -> {
              if (setting.own()
                  && !spec.config().containsKey(key)
                  && !TopicConfigs.isOfMoves(key)) {
                changes.add(new TopicChange.ResetConfig(spec.name(), key, setting.value()));
              }
            });
    return changes;
  }

  private static Step step(TopicChange change, TopicRoles roles, Consent consent) {
    return new Step(change, hindrance(change, roles, consent));
  }

  private static @Nullable String hindrance(TopicChange change, TopicRoles roles, Consent consent) {
    if (change instanceof TopicChange.AddPartitions) {
      return consent.partitions()
          ? null
          : "a key's later events would go to another partition than its earlier ones, and lose"
              + " their order; --allow-partitions lets it happen";
    }
    if (change instanceof TopicChange.RemovePartitions) {
      return "Kafka takes no partitions away; change the file, or delete the topic";
    }
    if (change instanceof TopicChange.Replicas) {
      return "replicas are moved between brokers by kafka-reassign-partitions.sh";
    }
    if (change instanceof TopicChange.Delete && roles.of(change.topic()).isPresent()) {
      return "the stream's settings name this topic";
    }
    if (deletes(change) && !consent.mayDelete(change.topic())) {
      return "the broker may delete records then; --allow-delete %s lets it"
          .formatted(change.topic());
    }
    return null;
  }

  private static boolean deletes(TopicChange change) {
    if (change instanceof TopicChange.SetConfig set) {
      return TopicConfigs.mayDelete(set.key(), set.from(), set.to());
    }
    return change instanceof TopicChange.ResetConfig reset
        && TopicConfigs.resetMayDelete(reset.key());
  }
}
