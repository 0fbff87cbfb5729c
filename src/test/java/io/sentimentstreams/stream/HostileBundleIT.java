package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentimentstreams.control.Activation;
import io.sentimentstreams.control.ControlRecord;
import io.sentimentstreams.control.ControlState;
import io.sentimentstreams.control.InstanceReport;
import io.sentimentstreams.control.RouteReport;
import io.sentimentstreams.model.HostileBundle;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every hostile bundle is asked for while a stream labels events: refused, and service goes on. */
final class HostileBundleIT {
  private static final String OUTPUT = "tweets.sentiment";
  private static final int EVENTS = 100;

  private final Path folder;

  HostileBundleIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void activations_ofHostileBundles_areRefusedByNameAndTheModelGoesOn() throws Exception {
    try (KafkaFixture kafka = new KafkaFixture(folder.resolve("broker"))) {
      kafka.createTopics(2, "tweets", OUTPUT, "reviews", "reviews.sentiment");
      kafka.createTopics(1, "sentiment.dead-letters");
      String version = HostileBundle.sound(folder.resolve("sound")).version();
      StreamSettings settings =
          TestSettings.with(
              "bootstrapServers", kafka.bootstrapServers(),
              "routes.tweets.model", folder.resolve("sound").toString(),
              "routes.reviews.model", folder.resolve("sound").toString(),
              "kafka.state.dir", folder.resolve("state").toString());
      SimpleMeterRegistry registry = new SimpleMeterRegistry();
      try (StreamRunner runner = StreamRunner.of(settings, registry);
          ControlTopic control =
              ControlTopic.open(settings, Duration.ofSeconds(20)).orElseThrow()) {
        runner.start();
        ControlState state = new ControlState();
        for (HostileBundle hostile : HostileBundle.values()) {
          Path bundle = folder.resolve(hostile.name());
          hostile.write(bundle);
          kafka.send(events());
          long asked = control.write(activation(bundle)).offset();

          RouteReport answer = answer(control, state, asked);

          assertThat(answer.refusal()).contains(bundle.toString()).contains(hostile.refusal());
          assertThat(answer.version()).isEqualTo(version);
        }
        int all = EVENTS * HostileBundle.values().length;
        List<ConsumerRecord<byte[], byte[]>> labelled =
            kafka.read(List.of(OUTPUT), found -> found.size() >= all);
        assertThat(labelled).hasSize(all);
        Awaitility.await().until(() -> runner.ready().isUp());
        assertThat(refused(registry)).isEqualTo(HostileBundle.values().length);
      }
    }
  }

  private static ControlRecord activation(Path bundle) {
    String path = bundle.toString();
    return new ControlRecord.Activated(
        "tweets", new Activation(path, "test", "0".repeat(64), false, Instant.now(), null));
  }

  private static RouteReport answer(ControlTopic control, ControlState state, long asked) {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              control
                  .poll(Duration.ofMillis(100))
                  .forEach(entry -> state.add(entry.offset(), entry.at(), entry.content()));
              return state.instances().stream()
                  .map(InstanceReport::routes)
                  .filter(routes -> routes.containsKey("tweets"))
                  .map(routes -> routes.get("tweets"))
                  .toList();
            },
            reports -> reports.size() == 1 && reports.get(0).answers() == asked)
        .get(0);
  }

  private static double refused(SimpleMeterRegistry registry) {
    return registry
        .get("sentiment.model.exchanges")
        .tags("route", "tweets", "outcome", "refused")
        .counter()
        .count();
  }

  private static List<ProducerRecord<byte[], byte[]>> events() {
    List<ProducerRecord<byte[], byte[]>> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      events.add(new ProducerRecord<>("tweets", "{\"text\":\"worda wordb\"}".getBytes(UTF_8)));
    }
    return events;
  }
}
