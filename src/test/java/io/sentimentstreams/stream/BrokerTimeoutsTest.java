package io.sentimentstreams.stream;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BrokerTimeoutsTest {
  /** Kafka's defaults. */
  private static final Map<String, String> BROKER =
      Map.of(
          "group.min.session.timeout.ms", "6000",
          "group.max.session.timeout.ms", "1800000",
          "transaction.max.timeout.ms", "900000");

  @ParameterizedTest
  @CsvSource({
    "kafka.session.timeout.ms, 9999999, most 1800000 (its group.max.session.timeout.ms)",
    "kafka.main.consumer.session.timeout.ms, 5000, least 6000 (its group.min.session.timeout.ms)",
    "kafka.producer.transaction.timeout.ms, 99999999, most 900000 (its transaction.max.timeout.ms)",
  })
  void timeout_thatTheBrokerRefuses_isRefusedByItsSetting(String key, String value, String bound) {
    assertThatThrownBy(() -> check(BROKER, key, value))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("%s: %s, but".formatted(key, value))
        .hasMessageContaining(bound);
  }

  @Test
  void timeouts_asTheyAreByDefault_areTaken() {
    assertThatCode(() -> check(BROKER)).doesNotThrowAnyException();
  }

  @Test
  void timeouts_ofABrokerThatTellsNone_areTaken() {
    assertThatCode(() -> check(Map.of(), "kafka.session.timeout.ms", "9999999"))
        .doesNotThrowAnyException();
  }

  @Test
  void transactionTimeout_withoutTransactions_isNotLookedAt() {
    assertThatCode(
            () ->
                check(
                    BROKER,
                    "processingGuarantee",
                    "at_least_once",
                    "kafka.producer.transaction.timeout.ms",
                    "99999999"))
        .doesNotThrowAnyException();
  }

  private static void check(Map<String, String> broker, String... keysAndValues) {
    StreamSettings settings = TestSettings.with(keysAndValues);
    StreamsConfig config =
        new StreamsConfig(StreamProperties.of(settings, () -> {}, new NarrowFrames()));
    new BrokerTimeouts(settings, config).requireAllowed(broker::get);
  }
}
