package io.sentimentstreams.broker;

import io.sentimentstreams.event.TopicCatalog;
import io.sentimentstreams.event.TopicSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes the described topics that a broker does not have yet. */
public final class BrokerTopics {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private BrokerTopics() {}

  /** Those that exist stay as they are. Returns once every partition can be written to. */
  public static void createMissing(String bootstrapServers, TopicCatalog catalog)
      throws ExecutionException, InterruptedException {
    createMissing(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), catalog);
  }

  /**
   * As above.
   *
   * @param client settings of Kafka's administration client
   */
  public static void createMissing(Map<String, Object> client, TopicCatalog catalog)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(client)) {
      Set<String> existing = admin.listTopics().names().get();
      int brokers = admin.describeCluster().nodes().get().size();
      List<NewTopic> missing =
          catalog.topics().stream()
              .filter(topic -> !existing.contains(topic.name()))
              .map(topic -> newTopic(topic, brokers))
              .toList();
      admin.createTopics(missing).all().get();
      awaitWritable(admin, catalog.topics().stream().map(TopicSpec::name).toList());
    }
  }

  /** Makes topics that are not there. Returns once every partition can be written to. */
  public static void create(Admin admin, Collection<NewTopic> topics)
      throws ExecutionException, InterruptedException {
    admin.createTopics(topics).all().get();
    awaitWritable(admin, topics.stream().map(NewTopic::name).toList());
  }

  /**
   * A broker names itself as a partition's leader before it serves the partition. A producer's
   * first batch can fail then and its second succeed, after which the first, tried again, is out of
   * order for good. Offsets are told by a partition that is served only, and the client asks until
   * then.
   */
  private static void awaitWritable(Admin admin, List<String> topics)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    for (TopicDescription topic : describe(admin, topics)) {
      for (TopicPartitionInfo partition : topic.partitions()) {
        partitions.put(
            new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest());
      }
    }
    admin.listOffsets(partitions).all().get();
  }

  /** A topic that has just been made may be unknown for a moment. */
  private static Collection<TopicDescription> describe(Admin admin, List<String> names)
      throws ExecutionException, InterruptedException {
    long startNanos = System.nanoTime();
    while (true) {
      try {
        return admin.describeTopics(names).allTopicNames().get().values();
      } catch (ExecutionException e) {
        boolean mayCome = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!mayCome || System.nanoTime() - startNanos > PATIENCE.toNanos()) {
          throw e;
        }
        Thread.sleep(LOOK_AGAIN.toMillis());
      }
    }
  }

  /** With fewer replicas than described, where there are fewer brokers. */
  private static NewTopic newTopic(TopicSpec topic, int brokers) {
    short replicas = (short) Math.min(topic.replicas(), brokers);
    return new NewTopic(topic.name(), topic.partitions(), replicas).configs(topic.config());
  }
}
