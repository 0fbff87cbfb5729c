package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.EventSource;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CloudEventsTest {
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "/labels#part", "http://[", "\u00e4 b"})
  void source_thatIsNoUri_isRefused(String source) {
    assertThatThrownBy(() -> new CloudEvents(source))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cloudEvents.source: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/labels", "https://example.org/labels", "urn:labels"})
  void source_thatIsAUriOrAPath_isTaken(String source) {
    assertThat(header(put(new CloudEvents(source), 5), "ce_source"))
        .isEqualTo(source + "/tweets/shadow");
  }

  @Test
  void time_ofAnEventWithout_isLeftOut() {
    assertThat(put(new CloudEvents("/labels"), -1).lastHeader("ce_time")).isNull();
  }

  @Test
  void output_ofNoOneEvent_hasTheIdThatItIsGiven() {
    Headers headers = new RecordHeaders();
    new CloudEvents("/labels").put(headers, CloudEvents.Kind.TREND, "tweets", "Delta:window:1", 0);

    assertThat(header(headers, "ce_id")).isEqualTo("Delta:window:1");
    assertThat(header(headers, "ce_source")).isEqualTo("/labels/tweets/trends");
    assertThat(header(headers, "ce_type")).isEqualTo("io.sentimentstreams.trend.v1");
    assertThat(header(headers, "ce_time")).isEqualTo("1970-01-01T00:00:00Z");
  }

  private static Headers put(CloudEvents events, long timestamp) {
    Headers headers = new RecordHeaders();
    EventSource event = new EventSource("tweets", 1, 2, timestamp);
    events.put(headers, CloudEvents.Kind.DISAGREEMENT, "tweets", event);
    return headers;
  }

  private static String header(Headers headers, String name) {
    return new String(headers.lastHeader(name).value(), UTF_8);
  }
}
