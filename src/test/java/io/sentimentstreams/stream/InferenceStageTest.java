package io.sentimentstreams.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentimentstreams.batch.JoinPolicy;
import io.sentimentstreams.batch.Outcome;
import io.sentimentstreams.batch.PoisonIsolation;
import io.sentimentstreams.metrics.Meters;
import io.sentimentstreams.model.Device;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.text.EncodedText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class InferenceStageTest {
  private static final int THREADS = 4;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong nanos = new AtomicLong();

  /** Pads each call to its longest text, and takes a microsecond a token position. */
  private final class PaddingModel implements Labeller {
    private final FakeLabeller labels = new FakeLabeller();
    private final Queue<Integer> calls = new ConcurrentLinkedQueue<>();
    private final CountDownLatch mayCompute = new CountDownLatch(1);
    private final boolean gpu;

    PaddingModel(boolean gpu) {
      this.gpu = gpu;
    }

    @Override
    public Labels labels() {
      return labels.labels();
    }

    @Override
    public ModelInfo info() {
      return labels.info();
    }

    @Override
    public boolean onGpu() {
      return gpu;
    }

    @Override
    public EncodedText encode(String text) {
      return labels.encode(text);
    }

    @Override
    public long computedTokens(int[] lengths) {
      return (long) lengths.length * Arrays.stream(lengths).max().orElse(0);
    }

    @Override
    public List<Prediction> predict(List<EncodedText> texts) {
      calls.add(texts.size());
      try {
        mayCompute.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      int[] lengths = texts.stream().mapToInt(text -> text.ids().length).toArray();
      nanos.addAndGet(1_000 * computedTokens(lengths));
      return labels.predict(texts);
    }

    @Override
    public void close() {
      labels.close();
    }
  }

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO, false, false",
    "AUTO, true, true",
    "ALWAYS, false, true",
    "ALWAYS, true, true",
    "NEVER, false, false",
    "NEVER, true, false",
  })
  void joins_bySettingAndDevice_isAsTheTableSays(StageJoin join, boolean gpu, boolean joins) {
    assertThat(stage(new PaddingModel(gpu), join).joins()).isEqualTo(joins);
  }

  @ParameterizedTest
  @CsvSource({"AUTO, cuda, 1", "AUTO, auto, 4", "AUTO, cpu, 4", "ALWAYS, cpu, 1", "NEVER, cuda, 4"})
  void parallelism_whereCallsAreSureToBeJoined_isOne(StageJoin join, String device, int calls) {
    assertThat(settings(join).parallelism(Device.parse(device), THREADS)).isEqualTo(calls);
  }

  /** All threads must be in the model at the same time for any of them to go on. */
  @Test
  void predict_whereCallsAreNotJoined_runsInEachThreadByItself() throws Exception {
    CyclicBarrier all = new CyclicBarrier(THREADS);
    Labeller model =
        new ForwardingLabeller(
            texts -> {
              all.await(30, TimeUnit.SECONDS);
              return new FakeLabeller().predict(texts);
            });
    try (InferenceStage stage = stage(model, StageJoin.NEVER)) {
      List<Future<List<Prediction>>> started = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        started.add(threads.submit(() -> stage.predict(texts(1, 2))));
      }
      for (Future<List<Prediction>> each : started) {
        assertThat(each.get()).hasSize(2);
      }
    }
    assertThat(registry.get(Meters.STAGE_CALLS).tag("outcome", "done").counter().count())
        .isEqualTo(THREADS);
    assertThat(registry.get(Meters.STAGE_QUEUE).timer().count()).isEqualTo(THREADS);
    assertThat(registry.get(Meters.STAGE_QUEUE).timer().max(TimeUnit.NANOSECONDS)).isZero();
  }

  @Test
  void predict_whereCallsAreJoined_makesOneCallAndMeasuresIt() throws Exception {
    PaddingModel model = new PaddingModel(true);
    try (InferenceStage stage = stage(model, StageJoin.AUTO)) {
      Future<List<Prediction>> first = threads.submit(() -> stage.predict(texts(5)));
      Awaitility.await().until(() -> model.calls.size() == 1);
      Future<List<Prediction>> second = threads.submit(() -> stage.predict(texts(1, 2)));
      Future<List<Prediction>> third = threads.submit(() -> stage.predict(texts(9)));
      Awaitility.await().until(() -> stage.waiting() == 2);
      model.mayCompute.countDown();

      assertThat(first.get()).hasSize(1);
      assertThat(second.get()).hasSize(2);
      assertThat(third.get()).hasSize(1);
    }
    assertThat(model.calls).containsExactly(1, 3);
    assertThat(registry.get(Meters.STAGE_CALLS).tag("outcome", "done").counter().count())
        .isEqualTo(2);
    assertThat(registry.get(Meters.STAGE_ROWS).summary().totalAmount()).isEqualTo(4);
    assertThat(registry.get(Meters.STAGE_TOKENS).summary().totalAmount()).isEqualTo(17);
    assertThat(registry.get(Meters.STAGE_TOKENS_COMPUTED).counter().count()).isEqualTo(5 + 27);
    assertThat(registry.get(Meters.STAGE_PADDING_RATIO).gauge().value()).isEqualTo(1 - 17.0 / 32);
    assertThat(registry.get(Meters.STAGE_DEVICE).timer().totalTime(TimeUnit.NANOSECONDS))
        .isEqualTo(32_000);
    assertThat(registry.get(Meters.STAGE_QUEUE).timer().totalTime(TimeUnit.NANOSECONDS))
        .isEqualTo(2 * 5_000);
  }

  /** Each frame finds the failing rows of its own, and only those, as it does without a stage. */
  @Test
  void isolation_throughJoinedCalls_blamesAsWithoutThem() throws Exception {
    PaddingModel model = new PaddingModel(true);
    EncodedText canary = model.encode("a good day");
    List<EncodedText> good = encoded(model, "one", "two", "three");
    List<EncodedText> bad = encoded(model, "four", FakeLabeller.POISON, "five", "six");
    try (InferenceStage stage = stage(model, StageJoin.ALWAYS)) {
      PoisonIsolation<EncodedText, Prediction> isolation =
          new PoisonIsolation<>(stage::predict, RuntimeException.class, canary);
      Future<List<Prediction>> first = threads.submit(() -> stage.predict(texts(1)));
      Awaitility.await().until(() -> model.calls.size() == 1);
      Future<List<Outcome<Prediction>>> clean = threads.submit(() -> isolation.apply(good));
      Future<List<Outcome<Prediction>>> poisoned = threads.submit(() -> isolation.apply(bad));
      Awaitility.await().until(() -> stage.waiting() == 2);
      model.mayCompute.countDown();

      assertThat(first.get()).hasSize(1);
      assertThat(clean.get()).hasSize(3).allMatch(Outcome.Done.class::isInstance);
      assertThat(poisoned.get())
          .extracting(Outcome.Failed.class::isInstance)
          .containsExactly(false, true, false, false);
    }
    assertThat(model.calls).startsWith(1, 7);
    assertThat(registry.get(Meters.STAGE_CALLS).tag("outcome", "failed").counter().count())
        .isGreaterThanOrEqualTo(3);
  }

  @Test
  void close_whileAThreadWaits_failsItAndClosesTheModelAfterTheCall() throws Exception {
    PaddingModel model = new PaddingModel(true);
    InferenceStage stage = stage(model, StageJoin.ALWAYS);
    Future<List<Prediction>> running = threads.submit(() -> stage.predict(texts(1)));
    Awaitility.await().until(() -> model.calls.size() == 1);
    Future<List<Prediction>> waiting = threads.submit(() -> stage.predict(texts(2)));
    Awaitility.await().until(() -> stage.waiting() == 1);
    Future<?> closing = threads.submit(stage::close);

    assertThatThrownBy(waiting::get).cause().hasMessage("the inference stage is closed");
    assertThat(model.labels.closed).isFalse();
    model.mayCompute.countDown();

    closing.get();
    assertThat(running.get()).hasSize(1);
    assertThat(model.labels.closed).isTrue();
  }

  private InferenceStage stage(Labeller model, StageJoin join) {
    return new InferenceStage(
        model, settings(join), THREADS, new Meters(registry).stage("fake"), nanos::get);
  }

  private static StageSettings settings(StageJoin join) {
    return new StageSettings(join, new JoinPolicy(100, Duration.ZERO));
  }

  private static List<EncodedText> encoded(Labeller model, String... texts) {
    return Arrays.stream(texts).map(model::encode).toList();
  }

  /** Texts of these lengths. */
  private static List<EncodedText> texts(int... lengths) {
    return Arrays.stream(lengths)
        .mapToObj(length -> new EncodedText(IntStream.range(2, 2 + length).toArray(), length, 0))
        .toList();
  }

  /** A model that does as it is told. */
  private static final class ForwardingLabeller implements Labeller {
    /** What it does. */
    interface Prophet {
      List<Prediction> predict(List<EncodedText> texts) throws Exception;
    }

    private final Prophet prophet;

    ForwardingLabeller(Prophet prophet) {
      this.prophet = prophet;
    }

    @Override
    public Labels labels() {
      return FakeLabeller.LABELS;
    }

    @Override
    public ModelInfo info() {
      return FakeLabeller.INFO;
    }

    @Override
    public EncodedText encode(String text) {
      return new FakeLabeller().encode(text);
    }

    @Override
    public List<Prediction> predict(List<EncodedText> texts) {
      try {
        return prophet.predict(texts);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {}
  }
}
