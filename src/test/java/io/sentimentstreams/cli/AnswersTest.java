package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.control.ControlRecord;
import io.sentimentstreams.control.ControlState;
import io.sentimentstreams.control.InstanceReport;
import io.sentimentstreams.control.RouteReport;
import io.sentimentstreams.stream.ControlTopic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AnswersTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant BEFORE = NOW.minusSeconds(60);
  private static final ControlTopic.Entry REQUEST = request(3);

  private final Queue<List<ControlTopic.Entry>> coming = new ArrayDeque<>();
  private final AtomicLong nanos = new AtomicLong();
  private final Answers answers =
      new Answers(this::poll, new ControlState(), "tweets", REQUEST, InstantSource.fixed(NOW));

  private List<ControlTopic.Entry> poll(Duration time) {
    nanos.addAndGet(time.toNanos());
    List<ControlTopic.Entry> next = coming.poll();
    return next == null ? List.of() : next;
  }

  @Test
  void answer_toTheRequest_isWaitedFor() {
    coming.add(List.of(REQUEST, report(4, 2, BEFORE, "bad")));
    coming.add(List.of(report(5, 3, NOW, null)));

    assertThat(await()).isTrue();
    assertThat(answers.allWell()).isTrue();
  }

  /** From an instance that has not noticed yet that the topic was deleted and made anew. */
  @Test
  void answer_toTheSameOffsetOfATopicOfBefore_isNone() {
    coming.add(List.of(REQUEST, report(4, 3, BEFORE, "bad")));
    assertThat(await()).isFalse();
    assertThat(answers.allWell()).isFalse();

    coming.add(List.of(report(5, 3, NOW, null)));
    assertThat(await()).isTrue();
    assertThat(answers.allWell()).isTrue();
  }

  @Test
  void answer_toALaterRequest_isNone() {
    coming.add(List.of(REQUEST, request(4), report(5, 4, NOW, null)));

    assertThat(await()).isFalse();
    assertThat(nanos).as("it is not waited for in vain").hasValueLessThan(1_000_000_000L);
    TestShell shell = new TestShell();
    answers.print(shell.shell().out());
    assertThat(shell.out()).startsWith("Something else was asked for since").contains("a: has not");
  }

  @Test
  void answer_beforeALaterRequest_counts() {
    coming.add(List.of(REQUEST, report(4, 3, NOW, null), request(5), report(6, 5, NOW, "bad")));

    assertThat(await()).isTrue();
    assertThat(answers.allWell()).isTrue();
  }

  private boolean await() {
    return answers.await(Duration.ofSeconds(10), nanos::get);
  }

  private static ControlTopic.Entry request(long offset) {
    return new ControlTopic.Entry(offset, NOW, new ControlRecord.Deactivated("tweets"));
  }

  private static ControlTopic.Entry report(
      long offset, long answers, Instant askedAt, @Nullable String refusal) {
    RouteReport route = new RouteReport("m", "0123456789abcdef", answers, askedAt, refusal);
    return new ControlTopic.Entry(
        offset,
        NOW,
        new ControlRecord.Reported(new InstanceReport("a", "app", NOW, Map.of("tweets", route))));
  }
}
