package io.sentimentstreams.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.Fuzz;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The frame codec with damaged and random input. */
final class FrameCodecFuzzTest {
  @Test
  void decode_ofAnyBytes_isMalformedOrTheOneFormOfAFrame() throws InterruptedException {
    Fuzz.run(
        "frame codec",
        List.of(frame(1), frame(3), frame(40)),
        List.of("SF\u0002", "\u0001\u0001t\u0000\u0001"),
        input -> {
          Frame frame;
          try {
            frame = FrameCodec.decode(input);
          } catch (MalformedFrameException e) {
            assertThat(e.getMessage()).doesNotContain("\n");
            return;
          }
          assertThat(FrameCodec.encode(frame)).isEqualTo(input);
        });
  }

  private static byte[] frame(int rows) {
    List<FrameRow> list = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      byte[] value = i % 3 == 2 ? null : ("{\"text\":\"event " + i + "\"}").getBytes(UTF_8);
      list.add(
          new FrameRow(
              300L + i * 200L,
              1767322800000L - i,
              i % 2 == 0 ? null : new byte[] {1, 2},
              value,
              i % 4 == 0 ? List.of(new FrameHeader("h", new byte[i])) : List.of()));
    }
    return FrameCodec.encode(new Frame("tweets", 2, list));
  }
}
