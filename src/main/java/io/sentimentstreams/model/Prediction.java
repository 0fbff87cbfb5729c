package io.sentimentstreams.model;

/**
 * What a model says of one text.
 *
 * @param label index of the most probable label, see {@link Labels}
 * @param score its probability
 * @param probabilities {@code [labels]}, summing to 1; not to be written to
 */
// An array: one is made for each text of a stream, and none is compared.
@SuppressWarnings("ArrayRecordComponent")
public record Prediction(int label, float score, float[] probabilities) {

  /**
   * The prediction that these probabilities make; the first label wins a tie.
   *
   * @param probabilities {@code [labels]}, at least one
   */
  public static Prediction of(float[] probabilities) {
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      if (probabilities[i] > probabilities[best]) {
        best = i;
      }
    }
    return new Prediction(best, probabilities[best], probabilities);
  }
}
