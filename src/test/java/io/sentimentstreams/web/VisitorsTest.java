package io.sentimentstreams.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VisitorsTest {
  private final Headers request = new Headers();

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080"})
  void host_thatIsThisMachine_isServed(String host) {
    request.set("Host", host);
    assertThat(new Visitors(true).refusal(request)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example"})
  void host_ofAForeignName_isRefusedOnThisMachineOnly(String host) {
    request.set("Host", host);
    assertThat(new Visitors(true).refusal(request)).contains("this machine only");
    assertThat(new Visitors(false).refusal(request)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, true",
    "https://localhost:8080, true",
    "http://localhost:9090, false",
    "http://evil.example, false",
    "null, false"
  })
  void origin_otherThanTheHost_isRefused(String origin, boolean served) {
    request.set("Host", "localhost:8080");
    request.set("Origin", origin);
    assertThat(new Visitors(true).refusal(request) == null).isEqualTo(served);
    assertThat(new Visitors(false).refusal(request) == null).isEqualTo(served);
  }

  @Test
  void request_withoutHeaders_isServed() {
    assertThat(new Visitors(true).refusal(request)).isNull();
  }
}
