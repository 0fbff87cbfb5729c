package io.sentimentstreams.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FrameTest {
  @Test
  void frame_thatBreaksARule_isRefused() {
    FrameRow row = row(5);

    assertThatThrownBy(() -> new Frame("t", 0, List.of()))
        .hasMessage("rows: none, but a frame holds at least one");
    assertThatThrownBy(() -> new Frame("t", -1, List.of(row)))
        .hasMessage("partition: -1, but 0 or more is needed");
    assertThatThrownBy(() -> new Frame("t", 0, List.of(row, row(5))))
        .hasMessage("rows: offset 5 follows 5, but offsets ascend");
    assertThatThrownBy(() -> row(-1)).hasMessage("offset: -1, but 0 or more is needed");
  }

  @Test
  void rows_ofTheSameContent_areEqual() {
    assertThat(row(5)).isEqualTo(row(5)).hasSameHashCodeAs(row(5)).isNotEqualTo(row(6));
    assertThat(new FrameRow(1, 2, null, new byte[] {3}, List.of()))
        .isNotEqualTo(new FrameRow(1, 2, null, new byte[] {4}, List.of()));
  }

  @Test
  void bytes_ofARow_countKeyValueAndHeaders() {
    assertThat(row(5).bytes()).isEqualTo("key".length() + "a secret".length() + "h1".length());
    assertThat(new FrameRow(0, 0, null, null, List.of()).bytes()).isZero();
  }

  @Test
  void row_asText_hidesItsContent() {
    assertThat(row(5).toString()).doesNotContain("secret").contains("value=8 bytes", "offset=5");
  }

  @Test
  void policy_withoutRoomForARow_isRefused() {
    assertThatThrownBy(() -> new BatchPolicy(0, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("batch.maximumRows: 0, but a whole number of 1 or more is needed");
    assertThatThrownBy(() -> new BatchPolicy(1, -5))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("batch.maximumBytes: -5, but a whole number of 1 or more is needed");
  }

  private static FrameRow row(long offset) {
    List<FrameHeader> headers = List.of(new FrameHeader("h", "1".getBytes(UTF_8)));
    return new FrameRow(offset, 9, "key".getBytes(UTF_8), "a secret".getBytes(UTF_8), headers);
  }
}
