package io.sentimentstreams.layers;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.BitSet;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/**
 * Sequences between layers: of shape {@code [batch, features, time]}, in memory {@code [time,
 * batch, features]}. A step is one block of memory then, and a token one row of a matrix.
 */
final class Sequences {
  private Sequences() {}

  /**
   * A sequence, where the workspaces keep arrays of that type.
   *
   * @param whole whether all of it will be written, so that it may have any values; otherwise it is
   *     zero
   */
  static INDArray create(
      LayerWorkspaceMgr workspaces,
      ArrayType type,
      long batch,
      long features,
      long time,
      boolean whole) {
    INDArray sequence =
        workspaces
            .createUninitialized(type, DataType.FLOAT, new long[] {time, batch, features}, 'c')
            .permute(1, 2, 0);
    return whole ? sequence : cleared(sequence);
  }

  /**
   * A sequence that is zero at the places without a token, and has any values at the others.
   *
   * @param places of the tokens, {@code time * batch + row}, in any order
   */
  static INDArray createForTokens(
      LayerWorkspaceMgr workspaces,
      ArrayType type,
      int batch,
      long features,
      int time,
      int[] places) {
    INDArray sequence = create(workspaces, type, batch, features, time, true);
    if (places.length < batch * time) {
      clearOthers(pointer(sequence), features, batch * time, places);
    }
    return sequence;
  }

  /** Sets the rows without a token to zero, those that follow each other in one piece. */
  static void clearOthers(FloatPointer rows, long features, int count, int[] places) {
    BitSet tokens = new BitSet(count);
    for (int place : places) {
      tokens.set(place);
    }
    int from = tokens.nextClearBit(0);
    while (from < count) {
      int token = tokens.nextSetBit(from);
      int to = token < 0 ? count : token;
      // At an address of its own: memset takes a position for bytes.
      Pointer.memset(rows.getPointer(from * features), 0, (to - from) * features * Float.BYTES);
      from = tokens.nextClearBit(to);
    }
  }

  /** The same values in the order of these layers; the array itself where it has that order. */
  static INDArray ordered(INDArray sequence) {
    long batch = sequence.size(0);
    long features = sequence.size(1);
    boolean fits =
        sequence.dataType() == DataType.FLOAT
            && sequence.stride(0) == features
            && sequence.stride(1) == 1
            && sequence.stride(2) == batch * features;
    return fits
        ? sequence
        : sequence.castTo(DataType.FLOAT).permute(2, 0, 1).dup('c').permute(1, 2, 0);
  }

  /** The same values row-major; the array itself where it is. */
  static INDArray rows(INDArray matrix) {
    boolean fits =
        matrix.dataType() == DataType.FLOAT
            && matrix.stride(0) == matrix.size(1)
            && matrix.stride(1) == 1;
    return fits ? matrix : matrix.castTo(DataType.FLOAT).dup('c');
  }

  /** The values row-major, in an array of their own. */
  static float[] values(INDArray array) {
    boolean fits =
        array.dataType() == DataType.FLOAT
            && array.ordering() == 'c'
            && Shape.hasDefaultStridesForShape(array);
    INDArray rows = fits ? array : array.castTo(DataType.FLOAT).dup('c');
    float[] values = new float[Math.toIntExact(rows.length())];
    try {
      floats(rows).get(values);
    } finally {
      Reference.reachabilityFence(rows);
    }
    return values;
  }

  /** Writes values into a row-major array of their length. */
  static void put(float[] values, INDArray array) {
    try {
      floats(array).put(values);
    } finally {
      Reference.reachabilityFence(array);
    }
  }

  /** The type, which has to be that of these layers. */
  static DataType requireFloat(DataType type) {
    if (type != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "the network's data type is %s, but this layer computes in FLOAT only".formatted(type));
    }
    return type;
  }

  /** An array's floats from its first on, its own only as long as the array is reachable. */
  static FloatPointer pointer(INDArray array) {
    FloatPointer start = new FloatPointer(array.data().addressPointer());
    return start.capacity(array.length());
  }

  /** Sets an array to zero whose memory is all its own, whatever its strides. */
  static INDArray cleared(INDArray array) {
    Pointer.memset(pointer(array), 0, array.length() * Float.BYTES);
    return array;
  }

  /** As {@link #pointer}. */
  static FloatBuffer floats(INDArray array) {
    return pointer(array).asBuffer();
  }
}
