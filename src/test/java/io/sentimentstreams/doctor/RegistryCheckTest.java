package io.sentimentstreams.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sentimentstreams.avro.SchemaRegistrySettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RegistryCheckTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @SuppressWarnings("NullAway.Init") // set before each test
  private HttpServer registry;

  @SuppressWarnings("NullAway.Init") // set before each test
  private SchemaRegistrySettings settings;

  private volatile int status = 404;

  @BeforeEach
  void start() throws Exception {
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    registry.start();
    String url = "http://127.0.0.1:%d/apis/registry/v3".formatted(registry.getAddress().getPort());
    settings = new SchemaRegistrySettings(Map.of(SchemaRegistrySettings.URL, url));
  }

  @AfterEach
  void stop() {
    registry.stop(0);
  }

  @Test
  void registry_thatAnswers_isOk() throws Exception {
    assertThat(RegistryCheck.check(settings, PATIENCE).level()).isEqualTo(Finding.Level.OK);
  }

  @Test
  void registry_thatFails_isNotOk() throws Exception {
    status = 503;
    Finding finding = RegistryCheck.check(settings, PATIENCE);
    assertThat(finding.level()).isEqualTo(Finding.Level.FAIL);
    assertThat(finding.detail()).contains("status 503");
  }

  @Test
  void registry_thatIsNotThere_isNamedWithTheRemedy() throws Exception {
    registry.stop(0);
    Finding finding = RegistryCheck.check(settings, PATIENCE);
    assertThat(finding.level()).isEqualTo(Finding.Level.FAIL);
    assertThat(finding.detail()).contains(String.valueOf(settings.url()), "does not answer");
    assertThat(finding.remedy()).contains("schemaRegistry.url");
  }
}
