package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sentimentstreams.text.TextEncoder;
import io.sentimentstreams.text.Vocabulary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link InferenceBackend} does, with every network. */
abstract class InferenceBackendContractTest {
  /**
   * Half of what the embeddings of the probe's batches would come to, if they were kept. What the
   * native allocator keeps for later comes and goes by some 40 MB.
   */
  private static final long NOISE_BYTES = 96 << 20;

  private static final int[] LENGTHS = {1, 1000, 2, 31, 7, 3, 300, 32, 1, 33, 4, 17, 8};

  private final List<InferenceBackend> opened = new ArrayList<>();

  /** Which backend this is about. */
  protected abstract BackendKind kind();

  /** A backend that has the bundle's network. */
  private InferenceBackend create(ModelBundle bundle, int parallelism) {
    return Backends.open(bundle, kind(), Device.AUTO, parallelism);
  }

  static Stream<NetworkSpec> networks() {
    return Stream.of(
        NetworkSpec.biLstm(6, 5, Pooling.MAX),
        NetworkSpec.biLstm(6, 5, Pooling.MAX_AND_MEAN),
        NetworkSpec.conv1d(6, 7, 5, Pooling.MAX, 4),
        NetworkSpec.conv1d(6, 7, 4, Pooling.MAX_AND_MEAN, 0));
  }

  private InferenceBackend open(NetworkSpec network) {
    return open(TestBundles.random(network, Precision.F32), 1);
  }

  private InferenceBackend open(ModelBundle bundle, int parallelism) {
    InferenceBackend backend = create(bundle, parallelism);
    opened.add(backend);
    return backend;
  }

  @AfterEach
  void closeAll() {
    opened.forEach(InferenceBackend::close);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void probabilities_batchOfMixedLengths_equalEachTextAlone(NetworkSpec network) {
    InferenceBackend backend = open(network);
    int[][] texts = texts(1, LENGTHS);

    float[][] together = backend.probabilities(texts);

    assertThat(together).hasNumberOfRows(texts.length);
    for (int row = 0; row < texts.length; row++) {
      float[] alone = backend.probabilities(new int[][] {texts[row]})[0];
      assertThat(together[row]).containsExactly(alone, within(1e-5f));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void probabilities_anyTexts_equalPlainLoops(NetworkSpec network) {
    ModelBundle bundle = TestBundles.random(network, Precision.F16);
    int[][] texts = texts(2, LENGTHS);

    float[][] actual = open(bundle, 1).probabilities(texts);

    for (int row = 0; row < texts.length; row++) {
      double[] expected = ReferenceNetwork.probabilities(network, bundle.weights(), texts[row]);
      assertThat(doubles(actual[row])).containsExactly(expected, within(1e-4));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void probabilities_anyTexts_areFromZeroToOneAndSumToOne(NetworkSpec network) {
    float[][] actual = open(network).probabilities(texts(3, LENGTHS));

    for (float[] row : actual) {
      assertThat(row).hasSize(TestBundles.LABELS.size());
      assertThat(Arrays.stream(doubles(row)).boxed()).allMatch(value -> value >= 0 && value <= 1);
      assertThat(Arrays.stream(doubles(row)).sum()).isCloseTo(1, within(1e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void probabilities_otherOrder_isTheOrderOfTheTexts(NetworkSpec network) {
    InferenceBackend backend = open(network);
    int[][] texts = texts(4, IntStream.range(0, 40).map(i -> 1 + i * 7 % 40).toArray());
    float[][] straight = backend.probabilities(texts);
    List<Integer> order = new ArrayList<>(IntStream.range(0, texts.length).boxed().toList());
    Collections.shuffle(order, new Random(1));

    float[][] shuffled =
        backend.probabilities(order.stream().map(i -> texts[i]).toArray(int[][]::new));

    for (int i = 0; i < texts.length; i++) {
      assertThat(shuffled[i]).containsExactly(straight[order.get(i)], within(1e-5f));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void probabilities_sameTextsAgain_areTheSame(NetworkSpec network) {
    InferenceBackend backend = open(network);
    int[][] texts = texts(5, LENGTHS);

    assertThat(backend.probabilities(texts)).isDeepEqualTo(backend.probabilities(texts));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void probabilities_onlyUnknownTokens_areDefined(NetworkSpec network) {
    int[][] texts = {{Vocabulary.UNKNOWN}, {Vocabulary.UNKNOWN, Vocabulary.UNKNOWN}};

    float[][] actual = open(network).probabilities(texts);

    assertThat(actual).hasNumberOfRows(2);
    assertThat(Arrays.stream(doubles(actual[0])).sum()).isCloseTo(1, within(1e-5));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void probabilities_emptyText_isThatOfAnUnknownToken(NetworkSpec network) {
    ModelBundle bundle = TestBundles.random(network, Precision.F32);
    int[] empty = new TextEncoder(TestBundles.TEXT, bundle.vocabulary()).encode("").ids();
    int[][] texts = {{5, 6, 7}, empty};

    float[][] actual = open(bundle, 1).probabilities(texts);

    assertThat(empty).containsExactly(Vocabulary.UNKNOWN);
    assertThat(doubles(actual[1]))
        .containsExactly(
            ReferenceNetwork.probabilities(network, bundle.weights(), empty), within(1e-4));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void probabilities_noTexts_areNone(NetworkSpec network) {
    assertThat(open(network).probabilities(new int[0][])).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void probabilities_moreTextsThanABatchHolds_areAllThere(NetworkSpec network) {
    InferenceBackend backend = open(network);
    int[][] texts = texts(6, IntStream.range(0, 700).map(i -> 1 + i % 5).toArray());

    float[][] actual = backend.probabilities(texts);

    assertThat(actual).hasDimensions(700, TestBundles.LABELS.size());
    assertThat(actual[699])
        .containsExactly(backend.probabilities(new int[][] {texts[699]})[0], within(1e-5f));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void probabilities_fromSeveralThreads_equalThoseFromOne(NetworkSpec network) throws Exception {
    InferenceBackend backend = open(TestBundles.random(network, Precision.F32), 2);
    int[][] texts = texts(7, 5, 1, 9, 30, 2);
    float[][] expected = backend.probabilities(texts);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<float[][]> task = () -> backend.probabilities(texts);
      for (Future<float[][]> result : threads.invokeAll(Collections.nCopies(24, task))) {
        assertThat(result.get()).isDeepEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void probabilities_overflowingWeights_failAsInference(NetworkSpec network) {
    List<Tensor> tensors = new ArrayList<>();
    for (Tensor tensor : TestBundles.weights(network).tensors()) {
      float[] huge = tensor.values().clone();
      if (tensor.name().equals("output.bias")) {
        Arrays.fill(huge, Float.MAX_VALUE);
      }
      // Of both signs, so that one label's sum overflows whatever the features' signs.
      for (int i = 0; tensor.name().equals("output.kernel") && i < huge.length; i++) {
        huge[i] = i % 2 == 0 ? Float.MAX_VALUE : -Float.MAX_VALUE;
      }
      tensors.add(new Tensor(tensor.name(), tensor.shape(), huge));
    }
    ModelBundle bundle = TestBundles.of(network, Weights.of(tensors), Precision.F32);
    InferenceBackend backend = open(bundle, 1);

    assertThatThrownBy(() -> backend.probabilities(texts(8, 20, 30)))
        .isInstanceOf(InferenceException.class);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void probabilities_idsOutOfRangeOrNone_areRefused(NetworkSpec network) {
    InferenceBackend backend = open(network);

    assertThatThrownBy(() -> backend.probabilities(new int[][] {{1}, {TestBundles.VOCABULARY}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("text 1")
        .hasMessageContaining("50");
    assertThatThrownBy(() -> backend.probabilities(new int[][] {{-1}}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> backend.probabilities(new int[][] {{}}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void addRoom_whileOpen_computesTheSame(NetworkSpec network) {
    InferenceBackend backend = open(network);
    int[][] texts = texts(15, 3, 1, 20);
    float[][] before = backend.probabilities(texts);

    backend.addRoom();

    // The one that was added is lent first.
    assertThat(backend.probabilities(texts)).isDeepEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void close_calledTwice_refusesFurtherUse(NetworkSpec network) {
    InferenceBackend backend = open(network);
    backend.close();
    backend.close();

    assertThatThrownBy(() -> backend.probabilities(new int[][] {{1}}))
        .isInstanceOf(IllegalStateException.class);
  }

  /** A session freed under a call would end the JVM. */
  @ParameterizedTest
  @MethodSource("networks")
  void close_fromTwoThreadsDuringCalls_waitsForThem(NetworkSpec network) throws Exception {
    InferenceBackend backend = open(network);
    int[][] texts = texts(14, IntStream.range(0, 200).map(i -> 100 + i).toArray());
    CountDownLatch called = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      Future<?> calls =
          threads.submit(
              () -> {
                while (true) {
                  assertThat(backend.probabilities(texts)).hasNumberOfRows(texts.length);
                  called.countDown();
                }
              });
      called.await();
      for (Future<Object> closing :
          threads.invokeAll(Collections.nCopies(2, Executors.callable(backend::close)))) {
        closing.get();
      }

      assertThatThrownBy(calls::get)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the model is closed");
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void name_anyBackend_isItsKindsCode(NetworkSpec network) {
    assertThat(open(network).name()).isEqualTo(kind().code());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void computedTokens_mixedLengths_areAtLeastTheTextsTokens(NetworkSpec network) {
    InferenceBackend backend = open(network);

    assertThat(backend.computedTokens(LENGTHS))
        .isGreaterThanOrEqualTo(Arrays.stream(LENGTHS).sum());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void computedTokens_oneTextOrNone_areItsTokens(NetworkSpec network) {
    InferenceBackend backend = open(network);

    assertThat(backend.computedTokens(new int[] {17})).isEqualTo(17);
    assertThat(backend.computedTokens(new int[0])).isZero();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void memoryBytes_anyNetwork_areAtLeastTheEmbeddings(NetworkSpec network) {
    assertThat(open(network).memoryBytes())
        .isGreaterThanOrEqualTo(
            (long) TestBundles.VOCABULARY * network.embeddingSize() * Float.BYTES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bilstm", "conv1d"})
  void probabilities_overManyBatches_holdNoMoreNativeMemory(String network) throws Exception {
    List<String> lines = run(MemoryProbe.command(kind(), network));

    assertThat(Long.parseLong(lines.get(lines.size() - 1))).isLessThan(NOISE_BYTES);
  }

  private static List<String> run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output.lines().toList();
  }

  /** Random texts of these lengths. */
  static int[][] texts(long seed, int... lengths) {
    Random random = new Random(seed);
    return Arrays.stream(lengths)
        .mapToObj(length -> random.ints(length, 1, TestBundles.VOCABULARY).toArray())
        .toArray(int[][]::new);
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
