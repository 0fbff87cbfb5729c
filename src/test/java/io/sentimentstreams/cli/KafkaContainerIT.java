package io.sentimentstreams.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The main path against a broker in a container: of the image that docker-compose.yml runs, or of
 * another that takes the same variables, whose name {@code SENTIMENT_KAFKA_IMAGE} says. Skipped
 * where no Docker answers or the image can neither be found nor fetched, unless that variable is
 * set; the same path runs against a broker in the process in {@link EndToEndIT}.
 */
final class KafkaContainerIT {
  private static final String KAFKA = "apache/kafka:4.3.1";

  private final @Nullable String image = System.getenv("SENTIMENT_KAFKA_IMAGE");

  @Test
  void trainStreamVerify_againstABrokerInAContainer_accountsForEachEventInOrder(
      @TempDir Path folder) throws Exception {
    assumeTrue(
        image != null || DockerClientFactory.instance().isDockerAvailable(),
        "skipped: no Docker answers");
    String name = Objects.requireNonNullElse(image, KAFKA);
    try (KafkaContainer kafka =
        new KafkaContainer(DockerImageName.parse(name).asCompatibleSubstituteFor("apache/kafka"))) {
      start(kafka);
      new MainPath(folder).require(kafka.getBootstrapServers());
    }
  }

  private void start(KafkaContainer kafka) {
    try {
      kafka.start();
    } catch (ContainerFetchException | ContainerLaunchException failure) {
      if (image == null && isMissingImage(failure)) {
        Assumptions.abort("skipped: Docker answers, but an image is missing: " + failure);
      }
      throw failure;
    }
  }

  private static boolean isMissingImage(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ContainerFetchException) {
        return true;
      }
    }
    return false;
  }
}
