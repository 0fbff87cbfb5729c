package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** What holds for explanations of any text, by each method. */
final class ExplainerPropertiesTest {
  private static final List<TextClassifier> MODELS =
      List.of(ExplainedModels.open(TestBundles.CONV1D), ExplainedModels.open(TestBundles.BILSTM));

  @AfterContainer
  static void close() {
    MODELS.forEach(TextClassifier::close);
  }

  @Provide
  static Arbitrary<String> texts() {
    Arbitrary<String> word = Arbitraries.integers().between(0, 30).map(TestBundles::word);
    Arbitrary<String> special =
        Arbitraries.of(" ", "\n", "#", "@x", "&amp;", "wordaaaa", "WORDB", "can't", "\uD83D\uDE02");
    Arbitrary<String> any = Arbitraries.chars().all().map(String::valueOf);
    return Arbitraries.oneOf(word, word.map(w -> w + " "), special, any)
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 300)
  void spans_anyText_ascendWithinTheTextWithoutOverlap(@ForAll("texts") String text) {
    for (TextClassifier model : MODELS) {
      int last = 0;
      for (TokenContribution token : ExplainedModels.explain(model, text).tokens()) {
        assertThat(token.start()).isGreaterThanOrEqualTo(last).isLessThan(token.end());
        assertThat(token.end()).isLessThanOrEqualTo(text.length());
        String written = text.substring(token.start(), token.end());
        assertThat(written).startsWith(token.text());
        assertThat(token.text().codePoints().count())
            .isEqualTo(Math.min(64, written.codePoints().count()));
        last = token.end();
      }
    }
  }

  @Property(tries = 300)
  void sum_anyText_isTheLogOddsOfThePrediction(@ForAll("texts") String text) {
    for (TextClassifier model : MODELS) {
      Prediction prediction = model.predict(List.of(model.encode(text))).get(0);
      Explanation explanation = ExplainedModels.explain(model, text);
      double sum = explanation.tokens().stream().mapToDouble(TokenContribution::contribution).sum();

      assertThat(explanation.against()).isNotEqualTo(prediction.label());
      assertThat(sum + explanation.rest())
          .isCloseTo(
              Math.log(prediction.score() / prediction.probabilities()[explanation.against()]),
              within(1e-3));
    }
  }
}
