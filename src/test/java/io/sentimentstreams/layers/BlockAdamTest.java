package io.sentimentstreams.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

final class BlockAdamTest {
  /** More than two blocks, and not a multiple of one. */
  private static final int PARAMETERS = 10_001;

  @Test
  void applyUpdater_severalSteps_isNd4jsAdam() {
    Adam stock = new Adam(new FixedSchedule(0.01));
    INDArray state = Nd4j.zeros(2 * PARAMETERS);
    INDArray stockState = Nd4j.zeros(2 * PARAMETERS);
    GradientUpdater<?> own = new BlockAdam(new FixedSchedule(0.01)).instantiate(state, true);
    GradientUpdater<?> expected = stock.instantiate(stockState, true);

    for (int step = 0; step < 5; step++) {
      INDArray gradient = Nd4j.randn(PARAMETERS).muli(0.1);
      INDArray stockGradient = gradient.dup();
      own.applyUpdater(gradient, step, 0);
      expected.applyUpdater(stockGradient, step, 0);

      assertThat(gradient.toFloatVector())
          .containsExactly(stockGradient.toFloatVector(), within(1e-6f));
    }
    assertThat(state.toFloatVector()).containsExactly(stockState.toFloatVector(), within(1e-6f));
    assertThat(state.toFloatVector()).isNotEqualTo(new float[2 * PARAMETERS]);
  }

  @Test
  void applyUpdater_gradientThatIsNoVector_isNd4jsAdam() {
    INDArray state = Nd4j.zeros(1, 12);
    GradientUpdater<?> own = new BlockAdam(new FixedSchedule(0.01)).instantiate(state, true);
    INDArray gradient = Nd4j.ones(2, 3);

    own.applyUpdater(gradient, 0, 0);

    assertThat(gradient.dup().data().asFloat()).containsExactly(filled(6, 0.01f), within(1e-6f));
  }

  private static float[] filled(int count, float value) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return values;
  }

  @Test
  void cloneAndJson_ofAConfiguration_areItself() {
    BlockAdam adam =
        new BlockAdam(
            new MapSchedule.Builder(ScheduleType.ITERATION).add(0, 0.1).add(5, 0.01).build());
    NeuralNetConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .updater(adam)
            .layer(new DenseLayer.Builder().nIn(1).nOut(1).build())
            .build();

    NeuralNetConfiguration read = NeuralNetConfiguration.fromJson(conf.toJson());

    assertThat(adam.clone()).isInstanceOf(BlockAdam.class).isEqualTo(adam);
    assertThat(((BaseLayer) read.getLayer()).getIUpdater())
        .isInstanceOf(BlockAdam.class)
        .isEqualTo(adam);
    assertThat(adam.clone().getLearningRate(7, 0)).isEqualTo(0.01);
  }
}
