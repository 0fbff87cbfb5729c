package io.sentimentstreams.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.broker.BrokerTopics;
import io.sentimentstreams.broker.EmbeddedBroker;
import io.sentimentstreams.stream.KafkaClients;
import io.sentimentstreams.stream.SettingsLoader;
import io.sentimentstreams.stream.StreamSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditBrokerIT {
  private static final Partition OUTPUT = new Partition("out", 0);

  @Test
  void openTransaction_untilItIsCommitted_isNamed(@TempDir Path folder) throws Exception {
    try (EmbeddedBroker server = EmbeddedBroker.start(folder, 0)) {
      String servers = server.bootstrapServers();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
        BrokerTopics.create(admin, List.of(new NewTopic("out", 2, (short) 1)));
      }
      StreamSettings settings =
          SettingsLoader.load(null, Map.of(), Map.of("bootstrapServers", servers));
      try (AuditBroker broker = new AuditBroker(settings, new KafkaClients(settings));
          Producer<byte[], byte[]> producer = producer(servers)) {
        Instant before = Instant.now();
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("out", 0, null, new byte[1])).get();
        producer.commitTransaction();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("out", 0, null, new byte[1])).get();

        assertThat(broker.openTransactions(List.of(OUTPUT, new Partition("out", 1))))
            .singleElement()
            .satisfies(
                open -> {
                  assertThat(open.output()).isEqualTo(OUTPUT);
                  assertThat(open.startOffset()).isEqualTo(2); // behind a record and a marker
                  assertThat(open.lastWrite()).isBetween(before.minusSeconds(1), Instant.now());
                });

        producer.commitTransaction();
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(broker.openTransactions(List.of(OUTPUT))).isEmpty());
      }
    }
  }

  private static Producer<byte[], byte[]> producer(String servers) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "open"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
