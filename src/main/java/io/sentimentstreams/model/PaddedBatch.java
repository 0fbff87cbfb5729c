package io.sentimentstreams.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Texts of mixed lengths as the arrays a graph takes, padded to the longest. Holds native memory
 * until closed.
 *
 * @param ids {@code [batch, 1, time]}, 0 beyond a text's end
 * @param mask {@code [batch, time]}, 1 in the text, 0 beyond its end
 */
public record PaddedBatch(INDArray ids, INDArray mask) implements AutoCloseable {

  /**
   * Pads.
   *
   * @param tokenIds {@code [batch][time]}, one text or more, of mixed lengths of at least 1
   */
  public static PaddedBatch of(List<int[]> tokenIds) {
    int rows = tokenIds.size();
    int time = tokenIds.stream().mapToInt(row -> row.length).max().orElse(0);
    float[] ids = new float[rows * time]; // [batch, time]
    float[] mask = new float[rows * time]; // [batch, time]
    for (int row = 0; row < rows; row++) {
      int[] text = tokenIds.get(row);
      if (text.length == 0) {
        throw new IllegalArgumentException("text %d of the batch has no token id".formatted(row));
      }
      for (int step = 0; step < text.length; step++) {
        ids[row * time + step] = text[step];
        mask[row * time + step] = 1;
      }
    }
    return new PaddedBatch(
        Nd4j.create(ids, new long[] {rows, 1, time}, 'c'),
        Nd4j.create(mask, new long[] {rows, time}, 'c'));
  }

  /** The mask as a graph takes it; null where no text is padded, which computes less. */
  public INDArray @Nullable [] masks() {
    return mask.minNumber().intValue() == 1 ? null : new INDArray[] {mask};
  }

  @Override
  public void close() {
    ids.close();
    mask.close();
  }
}
