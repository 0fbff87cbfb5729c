package io.sentimentstreams.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run of a search came out.
 *
 * @param run its number, from 1
 * @param values of the search's fields, by path
 * @param failure why there are no measures, such as a loss without bounds; null where there are
 * @param epochs that it took
 * @param bestEpoch whose weights the model has
 * @param loss of the model on the validation texts, calibrated and joined by its n-grams, as are
 *     the measures that follow
 */
public record SearchResult(
    int run,
    Map<String, String> values,
    @Nullable String failure,
    int epochs,
    int bestEpoch,
    double loss,
    double accuracy,
    double macroRecall,
    double macroF1,
    double seconds) {
  public SearchResult {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  static SearchResult failed(SearchRun run, String failure, double seconds) {
    return new SearchResult(run.number(), run.plain(), failure, 0, 0, 0, 0, 0, 0, seconds);
  }

  /** By how much it is to be preferred; a failure is worse than anything. */
  double merit(Selection measure) {
    if (failure != null) {
      return Double.NEGATIVE_INFINITY;
    }
    return switch (measure) {
      case LOSS -> -loss;
      case ACCURACY -> accuracy;
      case MACRO_F1 -> macroF1;
      case MACRO_RECALL -> macroRecall;
    };
  }
}
