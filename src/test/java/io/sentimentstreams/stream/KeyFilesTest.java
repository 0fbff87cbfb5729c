package io.sentimentstreams.stream;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyFilesTest {
  private final Path folder;

  KeyFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssl.truststore.location",
        "ssl.keystore.location",
        "producer.ssl.truststore.location"
      })
  void client_withAFileThatIsNotThere_isRefusedByItsSetting(String key) {
    Path missing = folder.resolve("missing.pem");

    assertThatThrownBy(() -> open("kafka." + key, missing))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "kafka.%s: \"%s\" is no file that can be read; give the path of one"
                .formatted(key, missing))
        .hasNoCause();
  }

  @Test
  void client_withAFolderForAFile_isRefused() {
    assertThatThrownBy(() -> open("kafka.ssl.truststore.location", folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is no file that can be read");
  }

  @Test
  void client_withAFileOfOtherContents_isRefusedBySettingAndFile() throws IOException {
    Path broken = folder.resolve("broken.pem");
    Files.writeString(broken, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

    assertThatThrownBy(() -> open("kafka.ssl.truststore.location", broken))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "kafka.ssl.truststore.location: \"%s\" cannot be read: ".formatted(broken));
  }

  private static void open(String key, Path file) {
    StreamSettings settings =
        TestSettings.with(
            "kafka.security.protocol",
            "SSL",
            "kafka.ssl.truststore.type",
            "PEM",
            "kafka.ssl.keystore.type",
            "PEM",
            key,
            file.toString());
    new KafkaClients(settings).admin("test").close();
  }
}
