package io.sentimentstreams.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentimentstreams.InvalidInputException;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starts that do not come to an end, without a broker. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class StreamRunnerTest {
  private final AtomicInteger opened = new AtomicInteger();

  /** What takes long is not begun where the broker is not there anyway. */
  @Test
  void start_withoutABroker_failsBeforeModelsAreLoaded() throws Exception {
    try (ServerSocket silent = new ServerSocket(0);
        StreamRunner runner = runner(silent)) {
      assertThatThrownBy(runner::start)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("no broker answers");
      assertThat(opened).hasValue(0);
    }
  }

  @Test
  void close_whileTheBrokerIsWaitedFor_endsTheStart() throws Exception {
    AtomicLong asked = new AtomicLong();
    try (ServerSocket silent = new ServerSocket(0)) {
      StreamRunner runner = runner(silent);
      runner.start(() -> asked.incrementAndGet() > 3);
      assertThat(runner.state()).isEqualTo(StreamState.CONNECTING);

      runner.close();

      assertThat(runner.state()).isEqualTo(StreamState.STOPPED);
      assertThat(opened).hasValue(0);
    }
  }

  private StreamRunner runner(ServerSocket silent) {
    return new StreamRunner(
        TestSettings.with("bootstrapServers", "127.0.0.1:" + silent.getLocalPort()),
        route -> {
          opened.incrementAndGet();
          return new FakeLabeller();
        },
        new SimpleMeterRegistry(),
        InstantSource.system());
  }
}
