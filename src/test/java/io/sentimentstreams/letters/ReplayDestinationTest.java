package io.sentimentstreams.letters;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.stream.SettingsLoader;
import io.sentimentstreams.stream.StreamSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplayDestinationTest {
  private static final StreamSettings SETTINGS =
      SettingsLoader.load(
          null,
          Map.of(),
          Map.of(
              "deadLetterTopic", "letters",
              "controlTopic", "control",
              "disagreementTopic", "disagreements",
              "trendTopic", "trends",
              "alertTopic", "alerts"));

  @ParameterizedTest
  @ValueSource(strings = {"bad topic!", "", "."})
  void destination_thatIsNoName_isBlamedOnTheOption(String to) {
    assertThatThrownBy(() -> require(to))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("--to \"" + to + "\": is no topic name; use letters, digits");
  }

  @ParameterizedTest
  @CsvSource({
    "letters, belongs to the dead letters themselves",
    "letters.replays, belongs to the dead letters themselves",
    "control, is the control topic",
    "disagreements, is the topic of disagreements",
    "trends, is the topic of trends",
    "alerts, is the topic of alerts"
  })
  void destination_thatTheStreamWrites_isRefused(String to, String why) {
    assertThatThrownBy(() -> require(to))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("--to " + to + ": " + why + "; give a topic of events");
  }

  @Test
  void destination_thatIsAnOutput_isRefused() {
    SETTINGS
        .routes()
        .forEach(
            route ->
                assertThatThrownBy(() -> require(route.output()))
                    .hasMessage(
                        "--to %s: is the output of route \"%s\"; give a topic of events",
                        route.output(), route.name()));
  }

  @Test
  void destination_ofEvents_isTaken() {
    assertThatCode(() -> require("tweets")).doesNotThrowAnyException();
    assertThatCode(() -> require("tweets.repair")).doesNotThrowAnyException();
  }

  private static void require(String to) {
    ReplayDestination.require(to, SETTINGS, "letters.replays");
  }
}
