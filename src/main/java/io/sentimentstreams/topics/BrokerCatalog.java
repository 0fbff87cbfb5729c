package io.sentimentstreams.topics;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.TopicCatalog;
import io.sentimentstreams.event.TopicSpec;
import io.sentimentstreams.stream.KafkaClients;
import io.sentimentstreams.stream.StreamSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DeleteTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;

/** The topics of a broker: compared with those described, and made as they are. */
public final class BrokerCatalog implements AutoCloseable {
  /** How long the broker may take for an answer, and to show what was changed. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int PATIENCE_MILLIS = (int) PATIENCE.toMillis();
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final KafkaClients clients;
  private final Admin admin;
  private final TopicCatalog catalog;
  private final TopicRoles roles;
  private final Consent consent;

  /**
   * Asks the broker that the settings name, with their credentials.
   *
   * @throws InvalidInputException where the stream could not use the topics described, or the
   *     settings make no client
   */
  public BrokerCatalog(StreamSettings settings, TopicCatalog catalog, Consent consent) {
    this.roles = TopicRoles.of(settings);
    roles.requireUsable(catalog);
    this.catalog = catalog;
    this.consent = consent;
    this.clients = new KafkaClients(settings);
    this.admin = clients.admin("topics");
  }

  /** What differs now. */
  public TopicPlan plan() throws InterruptedException {
    return TopicPlan.of(catalog, topics(), roles, consent);
  }

  /**
   * Lets the broker check what {@link #apply} would do, deletions excepted, and changes nothing.
   * Where it may not be asked, it is not.
   *
   * @throws InvalidInputException in one line where the broker would refuse
   */
  public void check(TopicPlan plan) throws InterruptedException {
    try {
      change(plan.free(), true);
    } catch (InvalidInputException refused) {
      if (!isOfRights(refused)) {
        throw refused;
      }
    }
  }

  private static boolean isOfRights(Throwable refused) {
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      if (cause instanceof AuthorizationException) {
        return true;
      }
    }
    return false;
  }

  /** What may be deleted, but is not there, as it was given. */
  public List<String> unmatched() throws InterruptedException {
    Set<String> names = names();
    return consent.deletion().stream()
        .filter(pattern -> names.stream().noneMatch(pattern::matches))
        .map(TopicPattern::toString)
        .toList();
  }

  private Set<String> names() throws InterruptedException {
    return await(admin.listTopics(new ListTopicsOptions().timeoutMs(PATIENCE_MILLIS)).names());
  }

  /**
   * Ends the differences that nothing hinders. The broker checks all of them before the first is
   * made, deletions excepted, which come last.
   *
   * @return what differs still, as the broker shows it
   * @throws InvalidInputException in one line where the broker refuses; nothing is changed then,
   *     unless somebody else changed the topics at the same time
   */
  public TopicPlan apply(TopicPlan plan) throws InterruptedException {
    List<TopicChange> changes = plan.free();
    change(changes, true);
    change(changes, false);
    delete(changes);
    return settled();
  }

  /** Changes take a moment to come to the broker that is asked. */
  private TopicPlan settled() throws InterruptedException {
    long startNanos = System.nanoTime();
    TopicPlan left = plan();
    while (!left.free().isEmpty() && System.nanoTime() - startNanos < PATIENCE.toNanos()) {
      Thread.sleep(LOOK_AGAIN.toMillis());
      left = plan();
    }
    return left;
  }

  private Map<String, BrokerTopic> topics() throws InterruptedException {
    TreeSet<String> names = new TreeSet<>();
    for (String name : names()) {
      if (isDescribed(name) || (!isInternal(name) && consent.mayDelete(name))) {
        names.add(name);
      }
    }
    Collection<TopicDescription> descriptions =
        await(
                admin
                    .describeTopics(names, new DescribeTopicsOptions().timeoutMs(PATIENCE_MILLIS))
                    .allTopicNames())
            .values();
    Map<ConfigResource, Config> configs =
        await(
            admin
                .describeConfigs(
                    names.stream().map(BrokerCatalog::resource).toList(),
                    new DescribeConfigsOptions().timeoutMs(PATIENCE_MILLIS))
                .all());
    Map<String, BrokerTopic> topics = new HashMap<>();
    for (TopicDescription description : descriptions) {
      Config config = configs.getOrDefault(resource(description.name()), new Config(List.of()));
      topics.put(description.name(), topic(description, config));
    }
    return topics;
  }

  private boolean isDescribed(String name) {
    return catalog.topics().stream().anyMatch(topic -> topic.name().equals(name));
  }

  /** Kafka's own, those of tools beside it, and those that Kafka Streams makes for itself. */
  private static boolean isInternal(String name) {
    return name.startsWith("_") || name.endsWith("-changelog") || name.endsWith("-repartition");
  }

  private static BrokerTopic topic(TopicDescription description, Config config) {
    IntSummaryStatistics replicas =
        description.partitions().stream()
            .mapToInt(partition -> partition.replicas().size())
            .summaryStatistics();
    Map<String, BrokerTopic.Setting> settings = new HashMap<>();
    for (ConfigEntry entry : config.entries()) {
      if (entry.value() != null) {
        boolean own = entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG;
        settings.put(entry.name(), new BrokerTopic.Setting(entry.value(), own));
      }
    }
    return new BrokerTopic(
        description.name(),
        description.partitions().size(),
        replicas.getMin(),
        replicas.getMax(),
        settings);
  }

  private void change(List<TopicChange> changes, boolean onlyCheck) throws InterruptedException {
    List<NewTopic> missing = new ArrayList<>();
    Map<String, NewPartitions> partitions = new HashMap<>();
    Map<ConfigResource, Collection<AlterConfigOp>> configs = new HashMap<>();
    for (TopicChange change : changes) {
      if (change instanceof TopicChange.Create create) {
        missing.add(newTopic(create.spec()));
      } else if (change instanceof TopicChange.AddPartitions more) {
        partitions.put(more.topic(), NewPartitions.increaseTo(more.to()));
      } else if (change instanceof TopicChange.SetConfig set) {
        add(configs, set.topic(), set.key(), set.to(), AlterConfigOp.OpType.SET);
      } else if (change instanceof TopicChange.ResetConfig reset) {
        add(configs, reset.topic(), reset.key(), "", AlterConfigOp.OpType.DELETE);
      }
    }
    CreateTopicsOptions creation =
        new CreateTopicsOptions().timeoutMs(PATIENCE_MILLIS).validateOnly(onlyCheck);
    awaitEach(admin.createTopics(missing, creation).values());
    CreatePartitionsOptions addition =
        new CreatePartitionsOptions().timeoutMs(PATIENCE_MILLIS).validateOnly(onlyCheck);
    awaitEach(admin.createPartitions(partitions, addition).values());
    AlterConfigsOptions alteration =
        new AlterConfigsOptions().timeoutMs(PATIENCE_MILLIS).validateOnly(onlyCheck);
    Map<String, KafkaFuture<Void>> altered = new HashMap<>();
    admin
        .incrementalAlterConfigs(configs, alteration)
        .values()
        .forEach((resource, done) -> altered.put(resource.name(), done));
    awaitEach(altered);
  }

  private void delete(List<TopicChange> changes) throws InterruptedException {
    List<String> names =
        changes.stream()
            .filter(TopicChange.Delete.class::isInstance)
            .map(TopicChange::topic)
            .toList();
    awaitEach(
        admin
            .deleteTopics(names, new DeleteTopicsOptions().timeoutMs(PATIENCE_MILLIS))
            .topicNameValues());
  }

  private static NewTopic newTopic(TopicSpec spec) {
    return new NewTopic(spec.name(), spec.partitions(), spec.replicas()).configs(spec.config());
  }

  private static void add(
      Map<ConfigResource, Collection<AlterConfigOp>> configs,
      String topic,
      String key,
      String value,
      AlterConfigOp.OpType operation) {
    configs
        .computeIfAbsent(resource(topic), unused -> new ArrayList<>())
        .add(new AlterConfigOp(new ConfigEntry(key, value), operation));
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private void awaitEach(Map<String, KafkaFuture<Void>> answers) throws InterruptedException {
    for (Map.Entry<String, KafkaFuture<Void>> answer : answers.entrySet()) {
      try {
        await(answer.getValue());
      } catch (InvalidInputException refused) {
        throw new InvalidInputException(
            "topic %s: %s".formatted(answer.getKey(), reason(refused)), refused);
      }
    }
  }

  /** What is wrong with a topic is no matter of the settings. */
  private static String reason(InvalidInputException refused) {
    if (refused.getCause() instanceof ApiException cause
        && !(cause instanceof RetriableException)
        && !(cause instanceof AuthorizationException)
        && !(cause instanceof AuthenticationException)) {
      return "the broker refuses what its file says: " + cause.getMessage();
    }
    return String.valueOf(refused.getMessage());
  }

  private <T> T await(KafkaFuture<T> answer) throws InterruptedException {
    return clients.await(answer, PATIENCE);
  }

  @Override
  public void close() {
    admin.close(PATIENCE);
  }
}
