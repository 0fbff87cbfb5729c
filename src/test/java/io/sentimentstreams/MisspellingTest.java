package io.sentimentstreams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MisspellingTest {
  private static final List<String> KNOWN =
      List.of(
          "linger",
          "threads",
          "batch.maximumRows",
          "bootstrapServers",
          "score",
          "demo",
          "--model",
          "--to",
          "--include-text",
          "-h",
          "topics");

  @ParameterizedTest
  @CsvSource({
    "scoer, score",
    "thread, threads",
    "tread, threads",
    "bootstrap.servers, bootstrapServers",
    "batch.maxRows, batch.maximumRows",
    "maximumRows, batch.maximumRows",
    "BATCH_MAXIMUM_ROWS, batch.maximumRows",
    "--modle, --model",
    "--include, --include-text",
  })
  void near_name_isFound(String given, String meant) {
    assertThat(Misspelling.of(given, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "frobnicate", "foo", "--foo", "-x", "x", "", "--colour"})
  void name_likeNone_isAnotherWord(String given) {
    assertThat(Misspelling.of(given, KNOWN)).isEmpty();
  }

  @Test
  void several_near_theNearestIsMeant() {
    assertThat(Misspelling.of("tokens", List.of("tokenize", "token", "stokens")))
        .contains("stokens");
    assertThat(Misspelling.of("patients", List.of("patience", "parents"))).contains("patience");
  }
}
