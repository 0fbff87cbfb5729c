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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** Kafka's clients would say so only when they are made, after the models. */
  @ParameterizedTest
  @CsvSource({
    "kafka.max.poll.interval.ms, abc",
    "kafka.main.consumer.session.timeout.ms, abc",
    "kafka.producer.linger.ms, abc",
  })
  void start_withAClientSettingThatCannotBeRead_failsAtOnce(String key, String value) {
    StreamSettings settings = TestSettings.with("bootstrapServers", "127.0.0.1:1", key, value);
    try (StreamRunner runner = runner(settings)) {
      assertThatThrownBy(runner::start)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("abc");
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
    return runner(TestSettings.with("bootstrapServers", "127.0.0.1:" + silent.getLocalPort()));
  }

  private StreamRunner runner(StreamSettings settings) {
    return new StreamRunner(
        settings,
        route -> {
          opened.incrementAndGet();
          return new FakeLabeller();
        },
        new SimpleMeterRegistry(),
        InstantSource.system());
  }
}
