package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.broker.BrokerSecurity;
import io.sentimentstreams.broker.BrokerTopics;
import io.sentimentstreams.broker.EmbeddedBroker;
import io.sentimentstreams.broker.TlsMaterial;
import io.sentimentstreams.event.TopicCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that asks who may do what: the rights that the README names, and their absence. */
final class AclIT {
  private static final String APPLICATION = "sentiment-streams";
  private static final Map<String, String> RULES =
      Map.of(
          "authorizer.class.name",
          "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
          // The controller's listener is without passwords.
          "super.users",
          "User:ANONYMOUS;User:" + BrokerSecurity.BROKER);

  @Test
  void stream_withTheRightsThatTheReadmeNames_labels(@TempDir Path folder) throws Exception {
    TlsMaterial tls = TlsMaterial.create(folder);
    Map<String, String> users = Map.of(BrokerSecurity.BROKER, "owner", "streams", "secret");
    BrokerSecurity security = new BrokerSecurity(tls.keystore(), TlsMaterial.PASSWORD, users);
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("data"), 0, security, RULES)) {
      Map<String, Object> owner = new HashMap<>(tls.clientSettings(BrokerSecurity.BROKER, "owner"));
      owner.put("bootstrap.servers", broker.bootstrapServers());
      BrokerTopics.createMissing(owner, TopicCatalog.read(Path.of("topics")));

      TestShell forbidden = shell(broker, tls);
      assertThat(forbidden.run(command("doctor"))).as(forbidden.err()).isEqualTo(1);
      assertThat(forbidden.out())
          .containsPattern("fail  topic tweets +may not be described")
          .containsPattern("fail  group sentiment-streams +may not be used")
          .containsPattern("fail  transactions +not permitted: write on transactional ids")
          .containsPattern("fail  state of trends +not permitted: create");

      permit(owner);
      TestShell permitted = shell(broker, tls);
      assertThat(permitted.run(command("doctor"))).as(permitted.out()).isZero();
      assertThat(permitted.out())
          .containsPattern("ok    transactions ")
          .containsPattern("ok    state of trends ");

      requireLabelledEvent(shell(broker, tls), owner);
    }
  }

  private static void requireLabelledEvent(TestShell stream, Map<String, Object> owner)
      throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(owner, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>("tweets", "{\"text\":\"lovely\"}".getBytes(UTF_8))).get();
    }
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(() -> stream.run(command("stream")));
    assertThat(TestTopics.read(owner, 1, "tweets.sentiment")).hasSize(1);
    assertThat(stream.interrupt()).isTrue();
    assertThat(status.get(1, TimeUnit.MINUTES)).as(stream.err()).isZero();
  }

  private static String[] command(String name) {
    return new String[] {
      name,
      "--set=http.port=0",
      "--set=routes.tweets.model=models/tweets-conv1d",
      "--set=routes.tweets.trends=key"
    };
  }

  /** The rights of the README's section on security. */
  private static void permit(Map<String, Object> owner) throws Exception {
    List<AclBinding> rights = new ArrayList<>();
    for (String input : List.of("tweets", "reviews")) {
      rights.addAll(topic(input, PatternType.LITERAL, READ, DESCRIBE_CONFIGS));
    }
    for (String output :
        List.of(
            "tweets.sentiment",
            "reviews.sentiment",
            "sentiment.dead-letters",
            "sentiment.disagreements",
            "sentiment.trends",
            "sentiment.alerts")) {
      rights.addAll(topic(output, PatternType.LITERAL, WRITE, DESCRIBE_CONFIGS));
    }
    rights.addAll(topic("sentiment.models", PatternType.LITERAL, READ, WRITE, DESCRIBE_CONFIGS));
    rights.addAll(
        topic("sentiment.dead-letters.replays", PatternType.LITERAL, READ, WRITE, DESCRIBE));
    rights.addAll(topic(APPLICATION, PatternType.PREFIXED, CREATE, READ, WRITE, DESCRIBE_CONFIGS));
    rights.add(right(ResourceType.GROUP, APPLICATION, PatternType.PREFIXED, READ));
    rights.add(right(ResourceType.TRANSACTIONAL_ID, APPLICATION, PatternType.PREFIXED, WRITE));
    try (Admin admin = Admin.create(owner)) {
      admin.createAcls(rights).all().get();
    }
  }

  private static List<AclBinding> topic(
      String name, PatternType pattern, AclOperation... operations) {
    List<AclBinding> rights = new ArrayList<>();
    for (AclOperation operation : operations) {
      rights.add(right(ResourceType.TOPIC, name, pattern, operation));
    }
    return rights;
  }

  private static AclBinding right(
      ResourceType type, String name, PatternType pattern, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(type, name, pattern),
        new AccessControlEntry("User:streams", "*", operation, AclPermissionType.ALLOW));
  }

  private static TestShell shell(EmbeddedBroker broker, TlsMaterial tls) {
    TestShell shell = new TestShell();
    tls.clientSettings("streams", "secret")
        .forEach((key, value) -> shell.withEnvironment(variable(key), value));
    return shell.withEnvironment("SENTIMENT_BOOTSTRAP_SERVERS", broker.bootstrapServers());
  }

  private static String variable(String key) {
    return "SENTIMENT_KAFKA_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
