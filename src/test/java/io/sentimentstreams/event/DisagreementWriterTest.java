package io.sentimentstreams.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DisagreementWriterTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void disagreement_written_isWhatTheSchemaSays() throws IOException {
    byte[] whole = DisagreementWriter.write(disagreement("7\n", "a \"text\" \uD83D\uDE0A"));
    byte[] bare = DisagreementWriter.write(disagreement(null, null));

    Schemas.assertValid(Schemas.read("disagreement"), whole);
    Schemas.assertValid(Schemas.read("disagreement"), bare);
    JsonNode tree = JSON.readTree(whole);
    assertThat(tree.get("id").textValue()).isEqualTo("7\n");
    assertThat(tree.get("text").textValue()).isEqualTo("a \"text\" \uD83D\uDE0A");
    assertThat(tree.get("partition").intValue()).isEqualTo(3);
    assertThat(tree.get("offset").longValue()).isEqualTo(1L << 40);
    assertThat(tree.at("/served/label").textValue()).isEqualTo("good");
    assertThat(tree.at("/served/probabilities/bad").doubleValue()).isEqualTo(0.25);
    assertThat(tree.at("/served/model").textValue()).isEqualTo("first");
    assertThat(tree.at("/shadow/label").textValue()).isEqualTo("bad");
    assertThat(tree.at("/shadow/modelVersion").textValue()).isEqualTo("w");
    assertThat(tree.get("comparedAt").textValue()).isEqualTo("2026-01-02T03:04:05.006Z");
    assertThat(JSON.readTree(bare).has("id")).isFalse();
    assertThat(JSON.readTree(bare).has("text")).isFalse();
  }

  private static Disagreement disagreement(@Nullable String id, @Nullable String text) {
    Labels labels = new Labels(List.of("bad", "good"));
    return new Disagreement(
        "tweets",
        new EventSource("topic", 3, 1L << 40, -1),
        id,
        new Disagreement.Answer(labels, "first", "v", Prediction.of(new float[] {0.25f, 0.75f})),
        new Disagreement.Answer(
            labels, "second", "w", Prediction.of(new float[] {1.000001f, -0.000001f})),
        Instant.parse("2026-01-02T03:04:05.006789Z"),
        text);
  }
}
