package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.batch.FrameHeader;
import io.sentimentstreams.batch.FrameRow;
import io.sentimentstreams.event.RecordHeaders;
import io.sentimentstreams.event.Rejected;
import io.sentimentstreams.event.RejectionReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EnvelopeCheckTest {
  private static final FrameHeader REPLAYED =
      new FrameHeader(RecordHeaders.REPLAY_COUNT, "2".getBytes(UTF_8));

  private final EnvelopeCheck check = new EnvelopeCheck(TestSettings.with().limits());

  @Test
  void event_ofAsManyHeadersAsMayBe_isTakenWhenItIsReplayedToo() {
    List<FrameHeader> headers = headers(100, 1);
    assertThat(check.reject(row(headers))).isNull();

    headers.add(REPLAYED);
    assertThat(check.reject(row(headers))).isNull();

    headers.add(new FrameHeader("own", null));
    assertThat(check.reject(row(headers)))
        .isEqualTo(
            new Rejected(
                RejectionReason.HEADERS_TOO_LARGE, "the event has 101 headers, the limit is 100"));
  }

  /** The count is excused once: it is no way around the limit. */
  @Test
  void event_ofManyReplayCounts_isRefused() {
    List<FrameHeader> headers = new ArrayList<>();
    for (int i = 0; i < 102; i++) {
      headers.add(REPLAYED);
    }
    assertThat(check.reject(row(headers))).isNotNull();
  }

  @Test
  void event_ofAsManyBytesOfHeadersAsMayBe_isTakenWhenItIsReplayedToo() {
    List<FrameHeader> headers = headers(1, 65_536 - "h".length());
    headers.add(REPLAYED);

    assertThat(check.reject(row(headers))).isNull();
  }

  private static List<FrameHeader> headers(int count, int bytes) {
    List<FrameHeader> headers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      headers.add(new FrameHeader("h", new byte[bytes]));
    }
    return headers;
  }

  private static FrameRow row(List<FrameHeader> headers) {
    return new FrameRow(0, 0, null, new byte[1], headers);
  }
}
