package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sentimentstreams.text.EncodedText;
import io.sentimentstreams.text.Ngrams;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Explanations by each method, of models with n-grams and calibration. */
final class ExplainerTest {
  private static final List<TextClassifier> MODELS =
      List.of(ExplainedModels.open(TestBundles.CONV1D), ExplainedModels.open(TestBundles.BILSTM));

  @AfterAll
  static void close() {
    MODELS.forEach(TextClassifier::close);
  }

  static Stream<TextClassifier> models() {
    return MODELS.stream();
  }

  @Test
  void method_ofTheConvolution_isExactAndAsksNoModel() {
    TextClassifier model = MODELS.get(0);
    EncodedText encoded = model.encode("worda wordb");
    Prediction prediction = model.predict(List.of(encoded)).get(0);

    Explanation explanation =
        model
            .explainer()
            .explain(
                "worda wordb",
                encoded,
                prediction,
                rows -> {
                  throw new AssertionError("asked");
                });

    assertThat(explanation.method()).isEqualTo(AttributionMethod.EXACT);
  }

  @Test
  void method_ofTheLstm_isOcclusionInOneCall() {
    TextClassifier model = MODELS.get(1);
    EncodedText encoded = model.encode("worda wordb unheard");
    Prediction prediction = model.predict(List.of(encoded)).get(0);
    List<Integer> calls = new ArrayList<>();

    Explanation explanation =
        model
            .explainer()
            .explain(
                "worda wordb unheard",
                encoded,
                prediction,
                rows -> {
                  calls.add(rows.size());
                  return model.predict(rows);
                });

    assertThat(explanation.method()).isEqualTo(AttributionMethod.OCCLUSION);
    assertThat(calls).containsExactly(2);
    assertThat(explanation.tokens().get(2).contribution()).isZero();
  }

  /**
   * Label 0 gains 1 and label 1 loses 1 by worda wordb, which stands twice: half for each place.
   */
  @Test
  void ngrams_ofAText_areSharedAmongTheirTokens() {
    Ngrams ngrams =
        Ngrams.parse(
            Path.of("n"),
            "worda wordb\nwordc\n".getBytes(StandardCharsets.UTF_8),
            TestBundles.vocabulary());
    NgramScores scores = NgramScores.of(ngrams, 3, new float[] {1, -1, 0, 0, 0, 3});
    int a = TestBundles.vocabulary().id("worda");
    int b = TestBundles.vocabulary().id("wordb");
    int c = TestBundles.vocabulary().id("wordc");
    double[] shares = new double[6];

    scores.share(new int[] {a, b, c, a, b, b}, 0, 1, shares);

    assertThat(shares).containsExactly(0.5, 0.5, 0, 0.5, 0.5, 0);
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("models")
  void marker_behindAToken_isPartOfIt(TextClassifier model) {
    assertThat(ExplainedModels.explain(model, "WORDAAAA wordb").tokens())
        .extracting(TokenContribution::text)
        .containsExactly("WORDAAAA", "wordb");
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("models")
  void text_withoutTokens_hasNoneAndIsAllRest(TextClassifier model) {
    Prediction prediction = model.predict(List.of(model.encode(".,"))).get(0);
    Explanation explanation = ExplainedModels.explain(model, ".,");

    assertThat(explanation.tokens()).isEmpty();
    assertThat(explanation.rest())
        .isCloseTo(
            Math.log(prediction.score() / prediction.probabilities()[explanation.against()]),
            within(1e-4));
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("models")
  void strongest_tokens_areThoseInTheOrderOfTheText(TextClassifier model) {
    Explanation explanation = ExplainedModels.explain(model, "worda wordb wordc wordd worde");
    List<TokenContribution> strongest = explanation.strongest(2).tokens();

    assertThat(strongest).hasSize(2).isSubsetOf(explanation.tokens());
    assertThat(strongest.get(0).start()).isLessThan(strongest.get(1).start());
    double least = strongest.stream().mapToDouble(t -> Math.abs(t.contribution())).min().orElse(0);
    assertThat(explanation.tokens())
        .filteredOn(token -> !strongest.contains(token))
        .allMatch(token -> Math.abs(token.contribution()) <= least);
    assertThat(explanation.strongest(9)).isEqualTo(explanation);
  }

  @Test
  void model_ofTooFewPredictions_fails() {
    TextClassifier model = MODELS.get(1);
    EncodedText encoded = model.encode("worda");
    Prediction prediction = model.predict(List.of(encoded)).get(0);

    assertThatThrownBy(
            () -> model.explainer().explain("worda", encoded, prediction, rows -> List.of()))
        .isInstanceOf(InferenceException.class);
  }

  /** A network without special code. */
  @Test
  void network_ofAnyLayers_isExplainedByOcclusion() {
    NetworkSpec spec =
        new NetworkSpec(
            List.of(
                new WeightedSpec.Embedding(4, true, true),
                new RecurrentSpec.Gru(3, false, 0, 0, true),
                new WeightedSpec.Dense(0, LayerActivation.SOFTMAX)));
    try (TextClassifier model =
        TextClassifier.of(
            TestBundles.random(spec, Precision.F32), BackendKind.AUTO, Device.CPU, 1)) {
      Explanation explanation = ExplainedModels.explain(model, "worda wordb");

      assertThat(explanation.method()).isEqualTo(AttributionMethod.OCCLUSION);
      assertThat(explanation.tokens()).hasSize(2).noneMatch(token -> token.contribution() == 0);
    }
  }
}
