package io.sentimentstreams.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AvroRoutesTest {
  @Test
  void libraries_ofABuildWithoutThem_areNamedWithTheProfile() throws IOException {
    try (URLClassLoader without = new URLClassLoader(new URL[0], null)) {
      assertThatThrownBy(() -> AvroRoutes.requireLibraries(without))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll("format avro", "-Pavro")
          .message()
          .doesNotContain("\n");
    }
  }

  @Test
  void libraries_ofABuildWithThem_areFound() {
    assertThatCode(() -> AvroRoutes.requireLibraries(AvroRoutes.class.getClassLoader()))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registry.example.org:8080",
        "ftp://localhost",
        "http:///apis",
        "http://user:secret@localhost",
        "http://a b"
      })
  void url_thatIsNoPlainAddress_isRefusedUnquoted(String url) {
    assertThatThrownBy(() -> new SchemaRegistrySettings(Map.of("url", url)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("schemaRegistry.url")
        .message()
        .doesNotContain(url);
  }

  @Test
  void settings_shown_areWithoutTheirValues() {
    assertThat(
            new SchemaRegistrySettings(
                Map.of("url", "http://localhost", "auth.password", "secret")))
        .hasToString("SchemaRegistrySettings[auth.password, url]");
  }

  @Test
  void setting_thatTheSerdesRefuse_isNamed() {
    assertThatThrownBy(
            () ->
                AvroRoutes.open(
                    new SchemaRegistrySettings(
                        Map.of("url", "http://localhost", "use-id", "no such"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("schemaRegistry.*", "no such");
  }

  @Test
  void schema_thatIsNotToBeRegistered_isFoundAsItShipsOrRefusedBriefly() throws IOException {
    AvroRoute route = new AvroRoute("tweets", "out", "/text", null, null, 1_000, 20);
    try (RegistryStub registry = new RegistryStub();
        AvroRoutes routes =
            AvroRoutes.open(
                new SchemaRegistrySettings(
                    Map.of("url", registry.url(), "auto-register", "false")))) {
      assertThatThrownBy(() -> routes.codec(route))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("register topics/schemas/labelled-event.avsc as out-value")
          .message()
          .hasSizeLessThan(700);

      int unused = registry.put(Files.readString(Path.of("topics/schemas/labelled-event.avsc")));
      assertThatCode(() -> routes.codec(route)).doesNotThrowAnyException();
      assertThat(registry.artifacts()).isEmpty();
    }
  }
}
