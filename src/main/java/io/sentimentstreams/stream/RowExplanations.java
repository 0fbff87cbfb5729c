package io.sentimentstreams.stream;

import io.sentimentstreams.metrics.ExplanationMeters;
import io.sentimentstreams.model.Explainer;
import io.sentimentstreams.model.Explanation;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.text.EncodedText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which words moved the labels of a frame, where the route asks for it. A label never depends on
 * its explanation: where one fails, or the frame's time for them is over, this event and the rest
 * of the frame go without.
 *
 * <p>Safe for use by several threads at once.
 */
final class RowExplanations {
  private static final Logger LOG = LoggerFactory.getLogger(RowExplanations.class);

  private final Route route;
  private final @Nullable Explainer explainer;
  private final Function<List<EncodedText>, List<Prediction>> model;
  private final Optional<ExplanationMeters> meters;
  private final long withinNanos;
  private final LongSupplier nanos;
  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * Explanations of a model's labels.
   *
   * @param model predicts, as for labels
   * @param meters are told of them; empty where the route asks for none
   * @param within how long those of a frame may take; the last one may take longer
   */
  RowExplanations(
      Route route,
      Labeller labeller,
      Function<List<EncodedText>, List<Prediction>> model,
      Optional<ExplanationMeters> meters,
      Duration within,
      LongSupplier nanos) {
    this.route = route;
    this.explainer = route.explainedTokens() == 0 ? null : labeller.explainer().orElse(null);
    this.model = model;
    this.meters = meters;
    this.withinNanos = within.toNanos();
    this.nanos = nanos;
  }

  /** For the rows of one frame; to be used by one thread. */
  OfFrame begin() {
    return new OfFrame();
  }

  /** The log has the first. */
  private void tellOnce(String why) {
    if (!told.getAndSet(true)) {
      LOG.warn(
          "Route {}: labelled events go without their words: {}; further ones are not logged",
          route.name(),
          why);
    }
  }

  /** The explanations of one frame. */
  final class OfFrame {
    private final long began = nanos.getAsLong();
    private boolean over;

    /** Why a text got its label; null where that is not asked for or cannot be had. */
    @Nullable Explanation of(String text, EncodedText encoded, Prediction prediction) {
      if (explainer == null) {
        return null;
      }
      Explanation explanation = over ? null : explained(explainer, text, encoded, prediction);
      meters.ifPresent(explanation == null ? ExplanationMeters::leftOut : ExplanationMeters::given);
      return explanation;
    }

    private @Nullable Explanation explained(
        Explainer by, String text, EncodedText encoded, Prediction prediction) {
      if (nanos.getAsLong() - began > withinNanos) {
        over = true;
        tellOnce("the frame's time for them is over");
        return null;
      }
      try {
        return by.explain(text, encoded, prediction, model).strongest(route.explainedTokens());
      } catch (RuntimeException failure) {
        over = true;
        tellOnce(String.valueOf(failure.getMessage()));
        return null;
      }
    }
  }
}
