package io.sentimentstreams.layers;

import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A layer by itself, on batches {@code [batch, time, features]}, row-major, as Keras has them. */
final class LayerTrial {
  private static final LayerWorkspaceMgr WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

  private LayerTrial() {}

  /** A layer with parameters in its own order. */
  static Layer layer(org.deeplearning4j.nn.conf.layers.Layer configuration, float[] parameters) {
    NeuralNetConfiguration full = new NeuralNetConfiguration.Builder().layer(configuration).build();
    INDArray vector = Nd4j.create(parameters, new long[] {1, parameters.length}, 'c');
    return full.getLayer().instantiate(full, List.of(), 0, vector, false, DataType.FLOAT);
  }

  /**
   * The outputs {@code [batch, time, features]} or {@code [batch, features]}.
   *
   * @param input {@code [batch, time, features]}
   * @param mask {@code [batch, time]}
   */
  static float[] outputs(
      Layer layer, boolean training, float[] input, float[] mask, int batch, int time) {
    long features = input.length / ((long) batch * time);
    layer.feedForwardMaskArray(
        Nd4j.create(mask, new long[] {batch, time}, 'c'), MaskState.Active, batch);
    layer.setInput(
        Nd4j.create(input, new long[] {batch, time, features}, 'c').permute(0, 2, 1), WORKSPACES);
    INDArray output = layer.activate(training, WORKSPACES);
    INDArray inOrder = output.rank() == 3 ? output.permute(0, 2, 1) : output;
    return inOrder.dup('c').data().asFloat();
  }
}
