package io.sentimentstreams.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StreamPropertiesTest {
  @Test
  void properties_ofDefaults_followTheSettings() {
    assertThat(of())
        .containsEntry("application.id", "sentiment-streams")
        .containsEntry("client.id", "sentiment-streams")
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("num.stream.threads", 2)
        .containsEntry("main.consumer.max.poll.records", 1024)
        .containsEntry("main.consumer.fetch.max.bytes", 16 << 20)
        .containsEntry("main.consumer.fetch.max.wait.ms", 10)
        .containsEntry("main.consumer.fetch.min.bytes", 25_600)
        .containsEntry("producer.max.request.size", 8_065_536)
        .containsEntry("producer.transaction.timeout.ms", 45_000)
        .containsEntry("main.consumer.sentiment.frames.topics", "reviews,tweets");
  }

  @Test
  void properties_ofTheUser_winOverDefaults() {
    assertThat(of("kafka.max.poll.records", "7", "kafka.client.id", "me", "linger", "0ms"))
        .containsEntry("max.poll.records", "7")
        .containsEntry("client.id", "me")
        .doesNotContainKeys("main.consumer.max.poll.records", "main.consumer.fetch.min.bytes");
    assertThat(of("kafka.consumer.fetch.min.bytes", "1"))
        .doesNotContainKey("main.consumer.fetch.min.bytes");
    assertThat(of("kafka.transaction.timeout.ms", "60000"))
        .doesNotContainKey("producer.transaction.timeout.ms");
    assertThat(of("processingGuarantee", "at_least_once"))
        .doesNotContainKey("producer.transaction.timeout.ms");
  }

  @Test
  void securitySettings_ofTheUser_reachEveryClient() {
    Map<String, String> security =
        Map.of(
            "security.protocol", "SASL_SSL",
            "sasl.mechanism", "SCRAM-SHA-512",
            "sasl.jaas.config", "module required;",
            "ssl.truststore.location", "/trust.jks");
    List<String> settings = new ArrayList<>();
    security.forEach((key, value) -> settings.addAll(List.of("kafka." + key, value)));
    StreamsConfig config = new StreamsConfig(of(settings.toArray(String[]::new)));
    assertThat(config.getMainConsumerConfigs("group", "client", 0)).containsAllEntriesOf(security);
    assertThat(config.getProducerConfigs("client")).containsAllEntriesOf(security);
    assertThat(config.getAdminConfigs("client")).containsAllEntriesOf(security);
  }

  @Test
  void mainConsumer_configured_getsTheInterceptorAndItsSettings() {
    Map<String, Object> consumer =
        new StreamsConfig(of("kafka.sasl.mechanism", "PLAIN"))
            .getMainConsumerConfigs("group", "client", 0);
    assertThat(consumer)
        .containsEntry("interceptor.classes", FramingInterceptor.class.getName())
        .containsEntry("sentiment.frames.maximum.rows", 256)
        .containsEntry("sasl.mechanism", "PLAIN")
        .containsEntry("isolation.level", "read_committed");
    assertThat(consumer.get("sentiment.frames.on.failure")).isInstanceOf(Runnable.class);
    assertThat(new StreamsConfig(of()).getRestoreConsumerConfigs("client"))
        .doesNotContainKey("interceptor.classes");
  }

  @Test
  void mainConsumer_ofAtLeastOnce_readsCommittedEventsUnlessToldOtherwise() {
    String[] atLeastOnce = {"processingGuarantee", "at_least_once"};
    assertThat(isolation(atLeastOnce)).isEqualTo("read_committed");
    for (String prefix : List.of("", "consumer.", "main.consumer.")) {
      String key = "kafka." + prefix + "isolation.level";
      assertThat(isolation("processingGuarantee", "at_least_once", key, "read_uncommitted"))
          .isEqualTo("read_uncommitted");
    }
  }

  private static @Nullable Object isolation(String... settings) {
    return new StreamsConfig(of(settings))
        .getMainConsumerConfigs("group", "client", 0)
        .get("isolation.level");
  }

  private static Map<String, Object> of(String... settings) {
    return StreamProperties.of(TestSettings.with(settings), () -> {}, new NarrowFrames());
  }

  @ParameterizedTest
  @CsvSource({
    "kafka.group.instance.id,true",
    "kafka.main.consumer.group.instance.id,true",
    "kafka.consumer.group.instance.id,true",
    "kafka.client.id,false"
  })
  void isStaticMember_byTheGroupsInstanceId_isSo(String key, boolean expected) {
    assertThat(StreamProperties.isStaticMember(TestSettings.with(key, "one"))).isEqualTo(expected);
  }

  @Test
  void of_atLeastOnce_commitsEverySecondUnlessTold() {
    String[] guarantee = {"processingGuarantee", "at_least_once"};
    Map<String, Object> usual =
        StreamProperties.of(TestSettings.with(guarantee), () -> {}, new NarrowFrames());
    Map<String, Object> told =
        StreamProperties.of(
            TestSettings.with(guarantee[0], guarantee[1], "kafka.commit.interval.ms", "70"),
            () -> {},
            new NarrowFrames());

    assertThat(usual).containsEntry("commit.interval.ms", 1_000);
    assertThat(told).containsEntry("commit.interval.ms", "70");
    assertThat(StreamProperties.of(TestSettings.with(), () -> {}, new NarrowFrames()))
        .doesNotContainKey("commit.interval.ms");
  }
}
