package io.sentimentstreams.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ControlCodecTest {
  private static final Instant AT = Instant.parse("2026-11-22T12:00:00.5Z");

  private static Activation activation(String bundle, @Nullable Activation previous) {
    return new Activation(bundle, "mine", "0f".repeat(32), true, AT, previous);
  }

  static Stream<ControlRecord> records() {
    return Stream.of(
        new ControlRecord.Activated("tweets", activation("/a", null)),
        new ControlRecord.Activated("tweets", activation("/b", activation("/a", null))),
        new ControlRecord.Deactivated("tweets"),
        new ControlRecord.Ended("host-1"),
        new ControlRecord.Reported(
            new InstanceReport(
                "host-1",
                "app",
                AT,
                Map.of(
                    "tweets", new RouteReport("mine", "v", 7, AT, "it is \"bad\""),
                    "reviews", new RouteReport("theirs", "w", RouteReport.NOTHING, null, null)))));
  }

  @ParameterizedTest
  @MethodSource("records")
  void record_written_isReadBack(ControlRecord record) {
    assertThat(ControlCodec.read(ControlCodec.key(record), ControlCodec.value(record)))
        .isEqualTo(record);
  }

  @Test
  void activation_afterManyOthers_remembersOne() {
    Activation third = activation("/c", activation("/b", activation("/a", null)));

    assertThat(third.previous()).isEqualTo(activation("/b", null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tweets|[]|no JSON object",
        "tweets|{|no JSON",
        "tweets|{} {}|no JSON",
        "tweets|{}|bundle: null, but a text",
        "tweets|{\"bundle\":\"/a\",\"model\":\"m\",\"version\":\"x\",\"at\":\"2026-11-22T12:00:00Z\"}|64 hexadecimal",
        "tweets|{\"bundle\":\"/a\",\"model\":\"m\",\"version\":7}|version: 7, but a text",
        "instance/a|{\"instance\":\"a\",\"application\":\"b\",\"at\":\"noon\"}|at: \"noon\""
      })
  void record_ofAnotherForm_isRefusedByField(String key, String value, String message) {
    assertThatThrownBy(() -> ControlCodec.read(key.getBytes(UTF_8), value.getBytes(UTF_8)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void record_withoutKey_isRefused() {
    assertThatThrownBy(() -> ControlCodec.read(null, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("key: none");
  }
}
