package io.sentimentstreams.train;

import io.sentimentstreams.model.EpochReport;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Measures;
import io.sentimentstreams.model.Weights;
import io.sentimentstreams.text.Vocabulary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trained model.
 *
 * @param settings it was trained with
 * @param labels in the order of the network's outputs
 * @param vocabulary of the training texts
 * @param vectors how much of that the vectors of a file were for; null where none were given
 * @param weights of the best epoch
 * @param scoring from the network's probabilities to the model's
 * @param validationLoss mean cross-entropy of the model's scores of the validation texts, a text
 *     weighing what its class does
 * @param validation how well the model labels the validation texts
 * @param epochs all that were evaluated, in order; of the network alone
 * @param bestEpoch number of the epoch that the weights are from
 * @param end why training ended
 */
public record TrainingResult(
    TrainingSettings settings,
    Labels labels,
    Vocabulary vocabulary,
    @Nullable VectorCoverage vectors,
    Weights weights,
    Scoring scoring,
    double validationLoss,
    Measures validation,
    List<EpochReport> epochs,
    int bestEpoch,
    End end) {
  public TrainingResult {
    epochs = List.copyOf(epochs);
  }

  /** Why a training ended. */
  public enum End {
    /** All epochs are done. */
    COMPLETED,
    /** The validation measure has not become better for as many epochs as patience allows. */
    EARLY_STOPPED,
    /** It was asked to stop. */
    STOP_REQUESTED
  }
}
