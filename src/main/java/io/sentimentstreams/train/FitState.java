package io.sentimentstreams.train;

import io.sentimentstreams.model.EpochReport;
import io.sentimentstreams.model.Measures;
import io.sentimentstreams.train.TrainingResult.End;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a training has come: all that its rest depends on but the arrays. Random numbers need no
 * state, see {@link Seeds}.
 *
 * @param epoch that is going on, from 1
 * @param batch of it that was the last one done, 0 for none
 * @param steps of all epochs
 * @param lossSum over the batches of the epoch
 * @param seen texts of the epoch
 * @param right those of them that were labelled right
 * @param seconds that the epoch has taken
 * @param epochs that are done
 * @param best of them; null before the first is done
 * @param patience with epochs that are not better, before training ends
 * @param plateau the same before the learning rate falls
 * @param rateScale what its falls have made of the learning rate
 * @param averageSteps weights in the moving average
 * @param end why training is over; null while it is not
 */
record FitState(
    int epoch,
    int batch,
    long steps,
    double lossSum,
    long seen,
    long right,
    double seconds,
    List<EpochReport> epochs,
    @Nullable BestEpoch best,
    Patience.State patience,
    Patience.State plateau,
    double rateScale,
    long averageSteps,
    @Nullable End end) {
  FitState {
    epochs = List.copyOf(epochs);
  }

  /** The best epoch and how well it did. */
  record BestEpoch(int epoch, double loss, Measures measures) {}
}
