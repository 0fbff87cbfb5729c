package io.sentimentstreams.layers;

import java.io.Serial;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.Solver;
import org.deeplearning4j.optimize.api.ConvexOptimizer;
import org.deeplearning4j.optimize.api.StepFunction;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.solvers.StochasticGradientDescent;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A graph that trains as its superclass does, but in which {@link BlockAdam} moves the parameters
 * in its own pass over them. Deeplearning4j has the steps written, and subtracts them in another
 * pass; both are bound by memory, and an embedding makes them long. Other updaters' steps are
 * subtracted as ever.
 *
 * <p>After {@code fit}, {@link #gradient()} has zeros and not the steps, so that embeddings need
 * not clear theirs for the next batch. Regularizers that change steps ({@code WeightDecay}) have no
 * effect; those that change gradients (L1, L2) have.
 */
public final class DirectGraph extends ComputationGraph {
  @Serial private static final long serialVersionUID = 1L;

  /** A graph, to be initialized before use. */
  public DirectGraph(ComputationGraphConfiguration configuration) {
    super(configuration);
  }

  @Override
  public void init(@Nullable INDArray parameters, boolean cloneParameters) {
    super.init(parameters, cloneParameters);
    solver = new DirectSolver(this);
  }

  /** Each block of parameters that share an updater. */
  private void forEachBlock(Consumer<UpdaterBlock> action) {
    getUpdater(true).getUpdaterBlocks().forEach(action);
  }

  /** A block's part of a flat array of all parameters. */
  private static INDArray part(INDArray all, UpdaterBlock block) {
    return all.reshape(all.length())
        .get(NDArrayIndex.interval(block.getParamOffsetStart(), block.getParamOffsetEnd()));
  }

  /** Tells the updaters what to move, for the time of a step. */
  private static final class DirectSolver extends Solver {
    private final DirectGraph graph;
    private final Descent descent;

    DirectSolver(DirectGraph graph) {
      this.graph = graph;
      descent = new Descent(graph);
    }

    @Override
    public void optimize(LayerWorkspaceMgr workspaces) {
      graph.forEachBlock(block -> move(block, part(graph.params(), block)));
      try {
        descent.optimize(workspaces);
      } finally {
        graph.forEachBlock(block -> move(block, null));
      }
    }

    private static void move(UpdaterBlock block, @Nullable INDArray parameters) {
      if (block.getGradientUpdater() instanceof BlockAdam.Stepper stepper) {
        stepper.moves(parameters);
      }
    }

    @Override
    public ConvexOptimizer getOptimizer() {
      return descent;
    }

    @Override
    public void setListeners(Collection<TrainingListener> listeners) {
      descent.setListeners(listeners);
    }
  }

  /**
   * Lets the updaters step. Where nothing changes gradients before, the superclass's way there,
   * with several views of each parameter, takes longer than the forward pass of an output layer.
   */
  private static final class Descent extends StochasticGradientDescent {
    @Serial private static final long serialVersionUID = 1L;

    private final DirectGraph graph;
    private final boolean plain;

    Descent(DirectGraph graph) {
      super(graph.conf(), new OtherSteps(graph), graph.getListeners(), graph);
      this.graph = graph;
      this.plain =
          !graph.conf().isMiniBatch() // then all gradients would be divided by the rows
              && Arrays.stream(graph.getLayers()).allMatch(Descent::leavesGradients);
    }

    /** Whether the layer has neither regularizers nor limits of its gradients. */
    private static boolean leavesGradients(Layer layer) {
      return layer.numParams() == 0
          || (layer.conf().getLayer() instanceof BaseLayer base
              && base.getGradientNormalization() == GradientNormalization.None
              && base.getRegularization().isEmpty()
              && base.getRegularizationBias().isEmpty());
    }

    @Override
    public void updateGradientAccordingToParams(
        Gradient gradient, Model model, int batchSize, LayerWorkspaceMgr workspaces) {
      if (plain) {
        graph.forEachBlock(
            block ->
                block
                    .getGradientUpdater()
                    .applyUpdater(
                        block.getGradientView(), getIterationCount(model), getEpochCount(model)));
      } else {
        super.updateGradientAccordingToParams(gradient, model, batchSize, workspaces);
      }
      graph.forEachBlock(Descent::tellCleared);
    }

    /** Tells the embeddings of a block that their gradients are zero. */
    private static void tellCleared(UpdaterBlock block) {
      if (block.getGradientUpdater() instanceof BlockAdam.Stepper) {
        for (UpdaterBlock.ParamState state : block.getLayersAndVariablesInBlock()) {
          if (state.getLayer() instanceof TokenEmbeddingLayer embedding) {
            embedding.gradientIsClear();
          }
        }
      }
    }
  }

  /** Subtracts the steps of the updaters that do not do so themselves. */
  private static final class OtherSteps implements StepFunction {
    @Serial private static final long serialVersionUID = 1L;

    private final DirectGraph graph;

    OtherSteps(DirectGraph graph) {
      this.graph = graph;
    }

    @Override
    public void step(INDArray parameters, INDArray steps) {
      graph.forEachBlock(
          block -> {
            if (!(block.getGradientUpdater() instanceof BlockAdam.Stepper)) {
              part(parameters, block).subi(part(steps, block));
            }
          });
    }

    @Override
    public void step(INDArray parameters, INDArray steps, double factor) {
      throw new UnsupportedOperationException("a descent without line search has no factor");
    }

    @Override
    public void step() {
      throw new UnsupportedOperationException("a descent without line search steps by arrays");
    }
  }
}
