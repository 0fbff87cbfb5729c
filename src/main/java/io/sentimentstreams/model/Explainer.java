package io.sentimentstreams.model;

import io.sentimentstreams.text.EncodedText;
import io.sentimentstreams.text.TextEncoder;
import io.sentimentstreams.text.TokenSpan;
import io.sentimentstreams.text.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells which words of a text moved its label. Exact for the convolution with pooling, see {@link
 * ConvolutionShares}; by occlusion for every other network, see {@link OcclusionShares}. The
 * n-grams beside a network are exact with both: each n-gram's part is shared equally among its
 * tokens.
 *
 * <p>An explanation is of a prediction's label against the second most probable one, in log-odds of
 * the calibrated probabilities.
 *
 * <p>Safe for use by several threads at once. The exact way uses no backend, and works after the
 * model is closed.
 */
public final class Explainer {
  private final TextEncoder encoder;
  private final @Nullable NgramScores ngrams;
  private final double temperature;
  private final double[] bias; // [labels]
  private final @Nullable ConvolutionShares convolution;

  private Explainer(
      ModelBundle bundle, TextEncoder encoder, @Nullable ConvolutionShares convolution) {
    ModelSpec model = bundle.manifest().model();
    this.encoder = encoder;
    this.ngrams = bundle.ngrams().orElse(null);
    this.temperature = model.calibration().temperature();
    this.bias = model.calibration().biases(model.labels().size());
    this.convolution = convolution;
  }

  /**
   * An explainer of a model's predictions.
   *
   * @param backend what computes the model: a compiled convolution lends its tables
   */
  static Explainer of(ModelBundle bundle, TextEncoder encoder, InferenceBackend backend) {
    Optional<NetworkForm> form = NetworkForm.of(bundle.manifest().model().network());
    ConvolutionShares convolution =
        form.isPresent() && form.get() instanceof NetworkForm.Conv1dPool network
            ? new ConvolutionShares(network, bundle.weights(), tables(backend))
            : null;
    return new Explainer(bundle, encoder, convolution);
  }

  private static ConvolutionShares.@Nullable Rows tables(InferenceBackend backend) {
    InferenceBackend network =
        backend instanceof CalibratedBackend calibrated ? calibrated.network() : backend;
    return network instanceof CompiledBackend compiled ? compiled.tables() : null;
  }

  /** How contributions of the network are found. */
  public AttributionMethod method() {
    return convolution == null ? AttributionMethod.OCCLUSION : AttributionMethod.EXACT;
  }

  /**
   * Explains a prediction.
   *
   * @param encoded the text as the model reads it
   * @param prediction what the model said of it
   * @param model predicts rows, in their order; called once at most, with {@value
   *     OcclusionShares#ROWS} rows at most, and not where the method is exact
   * @throws InferenceException where the model fails, or a contribution is no number
   */
  public Explanation explain(
      String text,
      EncodedText encoded,
      Prediction prediction,
      Function<List<EncodedText>, List<Prediction>> model) {
    int label = prediction.label();
    int against = second(prediction);
    Attribution found =
        convolution == null
            ? occluded(encoded, prediction, against, model)
            : calibrated(convolution.of(encoded.ids(), label, against), label, against);
    if (ngrams != null) {
      ngrams.share(encoded.ids(), label, against, found.shares());
    }
    return placed(text, against, found);
  }

  /** The most probable label but one. */
  private static int second(Prediction prediction) {
    float[] probabilities = prediction.probabilities();
    int second = prediction.label() == 0 ? 1 : 0;
    for (int label = 0; label < probabilities.length; label++) {
      if (label != prediction.label() && probabilities[label] > probabilities[second]) {
        second = label;
      }
    }
    return second;
  }

  private Attribution calibrated(Attribution raw, int label, int against) {
    double[] shares = Arrays.stream(raw.shares()).map(share -> share / temperature).toArray();
    return new Attribution(shares, raw.rest() / temperature + bias[label] - bias[against]);
  }

  private Attribution occluded(
      EncodedText encoded,
      Prediction prediction,
      int against,
      Function<List<EncodedText>, List<Prediction>> model) {
    int label = prediction.label();
    double whole = ofNetwork(encoded, prediction, label, against);
    double[] shares =
        OcclusionShares.of(
            encoded,
            whole,
            rows -> {
              List<Prediction> predictions = model.apply(rows);
              if (predictions.size() != rows.size()) {
                throw new InferenceException(
                    "%d predictions for %d texts".formatted(predictions.size(), rows.size()));
              }
              double[] odds = new double[rows.size()];
              Arrays.setAll(
                  odds, row -> ofNetwork(rows.get(row), predictions.get(row), label, against));
              return odds;
            });
    return new Attribution(shares, whole - Arrays.stream(shares).sum());
  }

  /** The log-odds of a prediction, without the part of the n-grams. */
  private double ofNetwork(EncodedText encoded, Prediction prediction, int label, int against) {
    float[] probabilities = prediction.probabilities();
    double all =
        Calibration.logarithm(probabilities[label]) - Calibration.logarithm(probabilities[against]);
    if (ngrams == null) {
      return all;
    }
    double[] scores = new double[bias.length];
    ngrams.add(encoded.ids(), scores);
    return all - (scores[label] - scores[against]);
  }

  /** The shares by their places in the text; a marker's belongs to the token that it follows. */
  private Explanation placed(String text, int against, Attribution found) {
    List<TokenSpan> spans = encoder.spans(text);
    List<TokenContribution> tokens = new ArrayList<>(spans.size());
    double rest = found.rest();
    TokenSpan last = null;
    for (int i = 0; i < found.shares().length; i++) {
      TokenSpan span = spans.get(i);
      double share = found.shares()[i];
      if (span.isEmpty()) {
        rest += share;
      } else if (span.equals(last)) {
        share += tokens.remove(tokens.size() - 1).contribution();
        tokens.add(token(text, span, share));
      } else {
        tokens.add(token(text, span, share));
      }
      last = span;
    }
    requireFinite(rest);
    return new Explanation(method(), against, rest, tokens);
  }

  private static TokenContribution token(String text, TokenSpan span, double contribution) {
    requireFinite(contribution);
    int end = span.end();
    if (text.codePointCount(span.start(), end) > Tokenizer.MAXIMUM_CODE_POINTS) {
      end = text.offsetByCodePoints(span.start(), Tokenizer.MAXIMUM_CODE_POINTS);
    }
    return new TokenContribution(
        text.substring(span.start(), end), span.start(), span.end(), contribution);
  }

  private static void requireFinite(double value) {
    if (!Double.isFinite(value)) {
      throw new InferenceException("a contribution is %s".formatted(value));
    }
  }
}
