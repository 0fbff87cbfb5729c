package io.sentimentstreams.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.corpus.Split;
import io.sentimentstreams.model.EpochReport;
import io.sentimentstreams.model.LayerActivation;
import io.sentimentstreams.model.LayerSpec.Dropout;
import io.sentimentstreams.model.NetworkSpec;
import io.sentimentstreams.model.Optimizer;
import io.sentimentstreams.model.RecurrentSpec.Lstm;
import io.sentimentstreams.model.WeightedSpec.Dense;
import io.sentimentstreams.model.WeightedSpec.Embedding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Trainings of 6 steps an epoch that are killed and go on from their checkpoints. */
final class CheckpointTest {
  private static final Split SPLIT = GeneratedTexts.split(90, 30);

  private static boolean never() {
    return false;
  }

  /** Dropout on inputs and between steps, which draw seeds and masks of their own. */
  private static final NetworkSpec LSTM =
      new NetworkSpec(
          List.of(
              new Embedding(8, true, true),
              new Dropout(0.2),
              new Lstm(6, false, 0.2, 0.2),
              new Dense(0, LayerActivation.SOFTMAX)));

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private Path folder;

  /** As if the process were killed. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  static Stream<TrainingSettings> trainings() {
    TrainingSettings bilstm = GeneratedTexts.regularised(GeneratedTexts.BILSTM);
    TrainingSettings plateau =
        GeneratedTexts.regularised(GeneratedTexts.CONV1D).toBuilder()
            .optimizer(Optimizer.RMSPROP)
            .schedule(RateSchedule.of(Decay.PLATEAU).withFactor(0.9))
            .minimumChange(100)
            .build();
    TrainingSettings stopsEarly =
        GeneratedTexts.settings(LSTM).toBuilder()
            .maximumEpochs(6)
            .patience(2)
            .minimumChange(100)
            .build();
    return Stream.of(bilstm, plateau, stopsEarly);
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void resume_killedWithinEpochs_givesTheSameWeightsBitForBit(TrainingSettings settings) {
    TrainingResult straight =
        new Trainer(() -> 0)
            .train(SPLIT, GeneratedTexts.LABELS, settings, killAfter(99), CheckpointTest::never);

    for (int steps : new int[] {2, 3, 4, 8}) {
      assertThatThrownBy(() -> train(settings, killAfter(steps))).isInstanceOf(Killed.class);
    }
    TrainingResult resumed = train(settings, killAfter(99));

    assertThat(resumed.weights()).isEqualTo(straight.weights());
    assertThat(resumed.validation()).isEqualTo(straight.validation());
    assertThat(resumed.epochs()).isEqualTo(straight.epochs());
    assertThat(resumed.bestEpoch()).isEqualTo(straight.bestEpoch());
    assertThat(resumed.end()).isEqualTo(straight.end());
  }

  @Test
  void resume_killed_goesOnAtTheCheckpoint() {
    TrainingSettings settings = GeneratedTexts.regularised(GeneratedTexts.CONV1D);
    assertThatThrownBy(() -> train(settings, killAfter(9))).isInstanceOf(Killed.class);
    List<String> told = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void resumed(int epoch, int batch) {
            told.add("resumed %d %d".formatted(epoch, batch));
          }

          @Override
          public void batchDone(BatchReport report) {
            told.add("batch %d %d".formatted(report.epoch(), report.batch()));
          }

          @Override
          public void epochDone(EpochReport report) {
            told.add("epoch %d".formatted(report.epoch()));
          }
        };

    train(settings, listener);

    // Every second step of an epoch: after 9 steps, the one of step 8.
    assertThat(told)
        .startsWith("resumed 2 2", "batch 2 3", "batch 2 4", "batch 2 5", "batch 2 6", "epoch 2")
        .endsWith("batch 3 6", "epoch 3");
  }

  @Test
  void resume_ofATrainingThatIsOver_givesItsResult() {
    TrainingSettings settings = GeneratedTexts.regularised(GeneratedTexts.CONV1D);
    TrainingResult first = train(settings, killAfter(99));

    TrainingResult again = train(settings, killAfter(0));

    assertThat(again.weights()).isEqualTo(first.weights());
    assertThat(again.end()).isEqualTo(TrainingResult.End.COMPLETED);
    assertThat(again.epochs()).isEqualTo(first.epochs());
  }

  @Test
  void resume_afterAStop_goesOnToTheSameWeights() {
    TrainingSettings settings = GeneratedTexts.regularised(GeneratedTexts.CONV1D);
    TrainingResult straight =
        new Trainer(() -> 0)
            .train(SPLIT, GeneratedTexts.LABELS, settings, killAfter(99), CheckpointTest::never);
    int[] asked = {0};

    TrainingResult stopped =
        new Trainer(() -> 0)
            .train(
                SPLIT,
                GeneratedTexts.LABELS,
                settings,
                killAfter(99),
                () -> ++asked[0] > 5,
                every(0));
    TrainingResult resumed = train(settings, killAfter(99));

    assertThat(stopped.end()).isEqualTo(TrainingResult.End.STOP_REQUESTED);
    assertThat(resumed.weights()).isEqualTo(straight.weights());
    assertThat(resumed.epochs()).isEqualTo(straight.epochs());
  }

  @Test
  void resume_ofOtherSettings_namesThem() {
    TrainingSettings settings = GeneratedTexts.regularised(GeneratedTexts.CONV1D);
    assertThatThrownBy(() -> train(settings, killAfter(7))).isInstanceOf(Killed.class);
    TrainingSettings other = settings.toBuilder().learningRate(0.5).l2(0.25).build();

    assertThatThrownBy(() -> train(other, killAfter(99)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "is of another training, with learningRate 0.02 instead of 0.5, l2 1.0E-5 instead of 0.25;")
        .message()
        .doesNotContain("batchSize", "texts");
  }

  @Test
  void resume_withOtherTexts_namesThem() {
    TrainingSettings settings = GeneratedTexts.regularised(GeneratedTexts.CONV1D);
    assertThatThrownBy(() -> train(settings, killAfter(7))).isInstanceOf(Killed.class);

    assertThatThrownBy(
            () ->
                new Trainer(() -> 0)
                    .train(
                        GeneratedTexts.split(87, 30),
                        GeneratedTexts.LABELS,
                        settings,
                        killAfter(99),
                        CheckpointTest::never,
                        every(2)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("training texts 90 (")
        .hasMessageContaining("instead of 87 (")
        .message()
        .doesNotContain("validation texts");
  }

  @ParameterizedTest
  @CsvSource({"0.1, incomplete", "0.5, bytes of data", "0.999, bytes of data", "0, too few"})
  void resume_fromADamagedFile_isOneLine(double share, String message) throws IOException {
    TrainingSettings settings = GeneratedTexts.regularised(GeneratedTexts.CONV1D);
    assertThatThrownBy(() -> train(settings, killAfter(7))).isInstanceOf(Killed.class);
    Path file = every(2).file();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * share)));

    assertThatThrownBy(() -> train(settings, killAfter(99)))
        .isInstanceOf(InvalidInputException.class)
        .message()
        .contains(file.toString(), message)
        .doesNotContain("\n");
  }

  @Test
  void requireUsable_checkpointOfAnother_isRefusedWithoutResume() {
    TrainingSettings settings = GeneratedTexts.regularised(GeneratedTexts.CONV1D);
    assertThatThrownBy(() -> train(settings, killAfter(7))).isInstanceOf(Killed.class);
    Checkpoints anew = new Checkpoints(folder, 2, Duration.ZERO, false);

    assertThatThrownBy(anew::requireUsable)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--resume");
    every(2).requireUsable();
    every(2).delete();
    anew.requireUsable();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void isDue_byTime_waitsForIt() {
    long[] now = {0};
    Checkpoints checkpoints = new Checkpoints(folder, 0, Duration.ofSeconds(5), true);
    CheckpointWriter writer = new CheckpointWriter(checkpoints, Map.of(), () -> now[0]);

    now[0] = 4_999_999_999L;
    assertThat(writer.isDue()).isFalse();
    now[0] = 5_000_000_000L;
    assertThat(writer.isDue()).isTrue();
  }

  private Checkpoints every(int steps) {
    return new Checkpoints(folder, steps, Duration.ZERO, true);
  }

  private TrainingResult train(TrainingSettings settings, TrainingListener listener) {
    return new Trainer(() -> 0)
        .train(SPLIT, GeneratedTexts.LABELS, settings, listener, CheckpointTest::never, every(2));
  }

  private static TrainingListener killAfter(int steps) {
    return new TrainingListener() {
      private int done;

      @Override
      public void batchDone(BatchReport report) {
        if (++done > steps) {
          throw new Killed();
        }
      }
    };
  }
}
