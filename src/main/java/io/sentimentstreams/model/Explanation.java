package io.sentimentstreams.model;

import java.util.Comparator;
import java.util.List;

/**
 * Which words moved a text's label, in log-odds: the contributions and the rest sum up to {@code
 * ln(p(label) / p(against))}, by the probabilities of the prediction.
 *
 * @param method how they were found
 * @param against the label that was compared with: the second most probable one
 * @param rest what no token has a part in: for {@link AttributionMethod#EXACT} the biases, for
 *     {@link AttributionMethod#OCCLUSION} also what tokens do together only
 * @param tokens in the order of the text, without overlap; tokens that the network does not read,
 *     since the text is too long, are not among them
 */
public record Explanation(
    AttributionMethod method, int against, double rest, List<TokenContribution> tokens) {
  public Explanation {
    tokens = List.copyOf(tokens);
  }

  /**
   * With only the tokens that contribute most, for or against the label, in the order of the text.
   * Of equal ones the first are taken.
   *
   * @param most how many there may be
   */
  public Explanation strongest(int most) {
    if (tokens.size() <= most) {
      return this;
    }
    List<TokenContribution> strongest =
        tokens.stream()
            .sorted(
                Comparator.comparingDouble(
                    (TokenContribution token) -> -Math.abs(token.contribution())))
            .limit(most)
            .sorted(Comparator.comparingInt(TokenContribution::start))
            .toList();
    return new Explanation(method, against, rest, strongest);
  }
}
