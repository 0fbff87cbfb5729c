package io.sentimentstreams.topics;

import io.sentimentstreams.event.TopicSpec;

/** A difference between a topic's file and the broker. */
public sealed interface TopicChange {
  /** The topic's name. */
  String topic();

  /** The broker has no such topic. */
  record Create(TopicSpec spec) implements TopicChange {
    @Override
    public String topic() {
      return spec.name();
    }
  }

  /** The topic has fewer partitions than its file says. */
  record AddPartitions(String topic, int from, int to) implements TopicChange {}

  /** The topic has more partitions than its file says. */
  record RemovePartitions(String topic, int from, int to) implements TopicChange {}

  /** Partitions have another number of replicas than the file says. */
  record Replicas(String topic, int from, int to) implements TopicChange {}

  /**
   * A setting has another value than the file says.
   *
   * @param from the value in force
   */
  record SetConfig(String topic, String key, String from, String to) implements TopicChange {}

  /** The topic has a setting of its own that its file does not name. */
  record ResetConfig(String topic, String key, String from) implements TopicChange {}

  /** No file describes the topic. */
  record Delete(String topic, int partitions) implements TopicChange {}
}
