package io.sentimentstreams.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.FixedSchedule;

final class DirectGraphTest {
  private static final int STEPS = 4;
  private static final int ROWS = 8;
  private static final int WORDS = 5;
  private static final int VOCABULARY = 300;

  @Test
  void fit_adamInAllLayers_parametersAndStateAsInAPlainGraph() {
    assertSameTraining(adam(), adam());
  }

  @Test
  void fit_layersOfTwoUpdaters_parametersAndStateAsInAPlainGraph() {
    assertSameTraining(adam(), new Sgd(0.1));
  }

  @Test
  void fit_embeddingOfOtherWordsAtEachStep_asInAPlainGraph() {
    assertSameTraining(
        embedding(), step -> Nd4j.createFromArray(words(step)).reshape(ROWS, 1, WORDS));
  }

  @Test
  void fit_embeddingAfterAGradientThatNoStepUsed_asInAPlainGraph() {
    ComputationGraph plain = new ComputationGraph(embedding());
    ComputationGraph direct = new DirectGraph(embedding());
    for (ComputationGraph graph : List.of(plain, direct)) {
      graph.init();
      for (int step = 0; step < STEPS; step++) {
        INDArray inputs = Nd4j.createFromArray(words(step)).reshape(ROWS, 1, WORDS);
        graph.fit(new INDArray[] {inputs}, new INDArray[] {targets()});
        graph.setInputs(Nd4j.createFromArray(words(step + STEPS)).reshape(ROWS, 1, WORDS));
        graph.setLabels(targets());
        graph.computeGradientAndScore();
      }
    }

    assertThat(direct.params()).isEqualTo(plain.params());
  }

  /** Ids of {@code [rows * words]}. */
  private static float[] words(int seed) {
    float[] ids = new float[ROWS * WORDS];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (i * 7 + seed * 31) % VOCABULARY;
    }
    return ids;
  }

  private static ComputationGraphConfiguration embedding() {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .miniBatch(false)
        .updater(adam())
        .graphBuilder()
        .addInputs("in")
        .addLayer("words", new TokenEmbedding.Builder().nIn(VOCABULARY).nOut(16).build(), "in")
        .addLayer("pool", new SequencePooling(SequencePooling.Kind.MAX), "words")
        .addLayer("out", new OutputLayer.Builder().nIn(16).nOut(2).build(), "pool")
        .setOutputs("out")
        .build();
  }

  private static void assertSameTraining(IUpdater first, IUpdater second) {
    assertSameTraining(configuration(first, second), DirectGraphTest::inputs);
  }

  private static void assertSameTraining(
      ComputationGraphConfiguration configuration, IntFunction<INDArray> batches) {
    ComputationGraph plain = new ComputationGraph(configuration.clone());
    ComputationGraph direct = new DirectGraph(configuration.clone());
    plain.init();
    direct.init();
    float[] start = direct.params().toFloatVector();

    for (int step = 0; step < STEPS; step++) {
      INDArray inputs = batches.apply(step);
      plain.fit(new INDArray[] {inputs}, new INDArray[] {targets()});
      direct.fit(new INDArray[] {inputs}, new INDArray[] {targets()});
    }

    assertThat(direct.params().toFloatVector())
        .isEqualTo(plain.params().toFloatVector())
        .isNotEqualTo(start);
    assertThat(direct.getUpdater().getStateViewArray())
        .isEqualTo(plain.getUpdater().getStateViewArray());
    assertThat(direct.getIterationCount()).isEqualTo(STEPS);
  }

  @Test
  void fit_listenerSetAfterwards_isToldOfEachStep() {
    ComputationGraph graph = new DirectGraph(configuration(adam(), adam()));
    graph.init();
    List<Integer> told = new ArrayList<>();
    graph.setListeners(
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            told.add(iteration);
          }
        });

    for (int step = 0; step < STEPS; step++) {
      graph.fit(new INDArray[] {inputs(step)}, new INDArray[] {targets()});
    }

    assertThat(told).containsExactly(0, 1, 2, 3);
  }

  private static BlockAdam adam() {
    return new BlockAdam(new FixedSchedule(0.01));
  }

  private static ComputationGraphConfiguration configuration(IUpdater first, IUpdater second) {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .l2(0.01)
        .graphBuilder()
        .addInputs("in")
        .addLayer("hidden", new DenseLayer.Builder().nIn(30).nOut(40).updater(first).build(), "in")
        .addLayer(
            "out", new OutputLayer.Builder().nIn(40).nOut(2).updater(second).build(), "hidden")
        .setOutputs("out")
        .build();
  }

  private static INDArray inputs(int seed) {
    return Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(seed), ROWS, 30);
  }

  private static INDArray targets() {
    INDArray targets = Nd4j.zeros(ROWS, 2);
    for (int row = 0; row < ROWS; row++) {
      targets.putScalar(row, row % 2, 1);
    }
    return targets;
  }
}
