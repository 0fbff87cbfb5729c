package io.sentimentstreams.cli;

import io.sentimentstreams.event.TopicCatalog;
import io.sentimentstreams.event.TopicSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** Makes the described topics that a broker does not have yet. */
final class DemoTopics {
  private DemoTopics() {}

  /** Those that exist stay as they are. */
  static void createMissing(String bootstrapServers, TopicCatalog catalog)
      throws ExecutionException, InterruptedException {
    Map<String, Object> settings =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    try (Admin admin = Admin.create(settings)) {
      Set<String> existing = admin.listTopics().names().get();
      List<NewTopic> missing =
          catalog.topics().stream()
              .filter(topic -> !existing.contains(topic.name()))
              .map(DemoTopics::newTopic)
              .toList();
      admin.createTopics(missing).all().get();
    }
  }

  /** With one replica, since the demo has one broker. */
  private static NewTopic newTopic(TopicSpec topic) {
    return new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.config());
  }
}
