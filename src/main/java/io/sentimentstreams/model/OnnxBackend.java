package io.sentimentstreams.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.sentimentstreams.text.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Inference by ONNX Runtime, on the CPU or a GPU, of what {@link OnnxFile} exports.
 *
 * <p>One session serves all threads. Each call that may compute at the same time has a buffer for
 * its ids; on the CPU it computes in the calling thread.
 */
final class OnnxBackend implements InferenceBackend {
  /** The ids of such a batch take 128 KB. */
  private static final int USUAL_TOKENS = 16_384;

  /** As measured with texts of tweets' and reviews' lengths. */
  private static final BatchLimits ON_CPU = new BatchLimits(256, USUAL_TOKENS, 2);

  /** Not measured: a GPU computes a time step of hundreds of texts about as fast as one's. */
  private static final BatchLimits ON_GPU = new BatchLimits(1024, 4 * USUAL_TOKENS, 256);

  private final Device device;
  private final BatchLimits limits;
  private final BatchPadding padding;
  private final int vocabularySize;
  private final long memoryBytes;
  private final OrtSession session;
  private final ReplicaPool<Ids> buffers;

  /**
   * Opens a session.
   *
   * @param parallelism calls that may compute at the same time, at least 1
   * @throws io.sentimentstreams.InvalidInputException where the device is missing
   */
  OnnxBackend(ModelBundle bundle, Device device, int parallelism) {
    this(bundle, device, parallelism, 1, BatchPadding.BUCKETS);
  }

  /**
   * Opens a session.
   *
   * @param parallelism calls that may compute at the same time, at least 1
   * @param threads that one call computes with on the CPU, at least 1
   * @throws io.sentimentstreams.InvalidInputException where the device is missing
   */
  OnnxBackend(
      ModelBundle bundle, Device device, int parallelism, int threads, BatchPadding padding) {
    Checks.atLeast("parallelism", parallelism, 1);
    Checks.atLeast("threads", threads, 1);
    this.device = OnnxRuntime.resolve(device);
    this.limits = onGpu() ? ON_GPU : ON_CPU;
    this.padding = padding;
    this.vocabularySize = bundle.vocabulary().size();
    this.memoryBytes = bundle.weights().parameters() * Float.BYTES;
    this.session = OnnxRuntime.open(OnnxFile.bytes(bundle), this.device, threads);
    this.buffers = new ReplicaPool<>(Stream.generate(Ids::new).limit(parallelism).toList());
    if (onGpu()) {
      requireComputing();
    }
  }

  /**
   * cuDNN loads most of its libraries when the first text comes: what is missing is to be known
   * now.
   */
  private void requireComputing() {
    try {
      run(LongBuffer.wrap(new long[] {Vocabulary.UNKNOWN}), 1);
    } catch (InferenceException e) {
      close();
      throw OnnxRuntime.noGpu(device, e);
    }
  }

  @Override
  public String name() {
    return BackendKind.ONNX.code();
  }

  @Override
  public String device() {
    return onGpu() ? "cuda:" + device.index() : device.toString();
  }

  @Override
  public boolean onGpu() {
    return device.kind() == Device.Kind.CUDA;
  }

  @Override
  public long computedTokens(int[] lengths) {
    return LengthBuckets.computedTokens(lengths, batches(lengths));
  }

  @Override
  public long memoryBytes() {
    return memoryBytes;
  }

  @Override
  public float[][] probabilities(int[][] tokenIds) {
    BackendChecks.requireIds(tokenIds, vocabularySize);
    requireNoPadding(tokenIds);
    return buffers.use(ids -> compute(ids, tokenIds));
  }

  /** The exported network would take a text's last ids for padding where they are padding's. */
  private static void requireNoPadding(int[][] tokenIds) {
    for (int row = 0; row < tokenIds.length; row++) {
      int[] ids = tokenIds[row];
      if (ids[ids.length - 1] == Vocabulary.PADDING) {
        throw new IllegalArgumentException(
            "text %d ends in the token id %d, which is padding".formatted(row, Vocabulary.PADDING));
      }
    }
  }

  private float[][] compute(Ids ids, int[][] tokenIds) {
    float[][] probabilities = new float[tokenIds.length][];
    int[] lengths = BackendChecks.lengths(tokenIds);
    for (int[] batch : batches(lengths)) {
      LongBuffer padded = ids.padded(tokenIds, batch, LengthBuckets.longest(lengths, batch));
      FloatBuffer rows = run(padded, batch.length); // [batch, labels]
      for (int row : batch) {
        float[] labels = new float[rows.capacity() / batch.length];
        rows.get(labels);
        probabilities[row] = BackendChecks.requireFinite(labels);
      }
    }
    return probabilities;
  }

  private List<int[]> batches(int[] lengths) {
    return padding.batches(lengths, limits);
  }

  /** From {@code [batch, time]} to {@code [batch, labels]}. */
  private FloatBuffer run(LongBuffer ids, int rows) {
    long[] shape = {rows, ids.remaining() / rows};
    try (OnnxTensor input = OnnxTensor.createTensor(OnnxRuntime.environment(), ids, shape);
        OrtSession.Result result = session.run(Map.of(OnnxNetwork.IDS, input))) {
      return ((OnnxTensor) result.get(0)).getFloatBuffer();
    } catch (OrtException e) {
      throw new InferenceException(
          "ONNX Runtime failed on a batch of %d texts: %s".formatted(rows, OnnxRuntime.reason(e)),
          e);
    }
  }

  @Override
  public void addRoom() {
    buffers.add(new Ids());
  }

  @Override
  public void close() {
    // By the one thread that has waited for the calls: for another they may still be computing.
    if (buffers.close(ids -> {})) {
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime's session does not close", e);
      }
    }
  }

  /** A call's ids, outside the heap where the library reads them; grows to the largest batch. */
  private static final class Ids {
    private LongBuffer buffer = allocate(USUAL_TOKENS);

    /** The batch's ids {@code [batch, time]}, 0 beyond a text's end; until the next call. */
    LongBuffer padded(int[][] tokenIds, int[] batch, int time) {
      int size = Math.multiplyExact(batch.length, time);
      if (size > buffer.capacity()) {
        buffer = allocate(size);
      }
      buffer.clear();
      for (int row : batch) {
        for (int id : tokenIds[row]) {
          buffer.put(id);
        }
        for (int step = tokenIds[row].length; step < time; step++) {
          buffer.put(Vocabulary.PADDING);
        }
      }
      return buffer.flip();
    }

    private static LongBuffer allocate(int size) {
      return ByteBuffer.allocateDirect(Math.multiplyExact(size, Long.BYTES))
          .order(ByteOrder.nativeOrder())
          .asLongBuffer();
    }
  }
}
