package io.sentimentstreams.model;

import java.io.Serial;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Joins the features of vertices whose texts are the same, and passes their mask on as it is.
 * Deeplearning4j's own vertex gives a mask of booleans, which its other layers misread.
 */
final class SideBySide extends MergeVertex {
  @Serial private static final long serialVersionUID = 1L;
  private static final int FEATURES = 1;

  @Override
  public SideBySide clone() {
    return new SideBySide();
  }

  @Override
  public GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    return new Joined(graph, name, index, type);
  }

  // What misses the dots is Deeplearning4j's setInputs.
  @SuppressWarnings("overrides")
  private static final class Joined extends org.deeplearning4j.nn.graph.vertex.impl.MergeVertex {
    @Serial private static final long serialVersionUID = 1L;

    Joined(ComputationGraph graph, String name, int index, DataType type) {
      super(graph, name, index, type, FEATURES);
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArrays(
        INDArray @Nullable [] masks, MaskState state, int batch) {
      return new Pair<>(masks == null ? null : masks[0], state);
    }
  }
}
