package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

final class VersionCommandTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  private final TestShell shell = new TestShell();

  @Test
  void version_asked_namesVersionsAndBackends() {
    assertThat(shell.run("version")).as(shell.err()).isZero();

    assertThat(shell.out())
        .contains(
            "sentiment-streams 0.",
            "commit ",
            "Apache Kafka 4.",
            "OpenBLAS 0.3.",
            "ONNX Runtime 1.",
            "built with Java ",
            "backend compiled: OpenBLAS on the CPU, kernels for ",
            "backend dl4j: ND4J on ",
            "backend onnx: ONNX Runtime on ")
        .doesNotContain("$", "null");
  }

  @Test
  void version_asJson_isOneObject() throws Exception {
    assertThat(shell.run("version", "--json")).as(shell.err()).isZero();

    JsonNode version = new JsonMapper().readTree(shell.out());
    assertThat(version.path("version").asText()).startsWith("0.");
    assertThat(version.path("commit").asText()).matches("[0-9a-f]{40}|unknown");
    assertThat(version.path("openblas").asText()).matches("\\d+\\.\\d+\\.\\d+");
    assertThat(version.path("backends")).hasSize(3);
    assertThat(version.path("backends").path(0).path("usable").asBoolean()).isTrue();
  }

  @Test
  void commit_inARepository_isTheOneBuilt() {
    assertThat(BuildVersions.commit(COMMIT, "$Format:%H$")).isEqualTo(COMMIT);
  }

  @Test
  void commit_inAnArchiveOfGit_isTheArchives() {
    assertThat(BuildVersions.commit("unknown", COMMIT)).isEqualTo(COMMIT);
  }

  @Test
  void commit_inACopyOfTheFiles_isUnknown() {
    assertThat(BuildVersions.commit("unknown", "$Format:%H$")).isEqualTo("unknown");
  }
}
