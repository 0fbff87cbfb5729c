package io.sentimentstreams.event;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * A topic as its file describes it.
 *
 * @param name a legal name of a Kafka topic
 * @param partitions 1 or more
 * @param replicas 1 or more; a cluster of fewer brokers needs fewer
 * @param config settings of the topic as Kafka names them
 * @param owner who answers for the topic
 * @param description what the topic holds, for people
 * @param schemas what its records are
 */
public record TopicSpec(
    String name,
    int partitions,
    short replicas,
    Map<String, String> config,
    String owner,
    String description,
    TopicSchemas schemas) {
  private static final Pattern LEGAL_NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  public TopicSpec {
    config = Map.copyOf(config);
  }

  /** Whether a topic can have that name, as the broker checks it. */
  public static boolean isLegalName(String name) {
    return LEGAL_NAME.matcher(name).matches() && !name.equals(".") && !name.equals("..");
  }
}
