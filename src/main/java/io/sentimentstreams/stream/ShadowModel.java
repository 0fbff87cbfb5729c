package io.sentimentstreams.stream;

import io.sentimentstreams.batch.CallTimedOutException;
import io.sentimentstreams.batch.CallsExhaustedException;
import io.sentimentstreams.batch.Frame;
import io.sentimentstreams.batch.TimeBudget;
import io.sentimentstreams.batch.TimeLimitedCalls;
import io.sentimentstreams.event.Disagreement;
import io.sentimentstreams.event.EventSource;
import io.sentimentstreams.event.PredictionRules;
import io.sentimentstreams.metrics.ShadowMeters;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A route's second model. It labels a share of the events after their outputs are on their way, and
 * can neither change nor stop them: what fails or takes too long is counted. One that cannot keep
 * up is left out for a while: it takes no more than half of the stream threads' time, and is not
 * called as long as a call that took too long goes on. It pauses while the route's model has other
 * labels, which cannot be compared.
 *
 * <p>Safe for use by several threads at once.
 */
final class ShadowModel {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowModel.class);

  /** Of the time of the stream threads. */
  private static final double MOST = 0.5;

  private final Route route;
  private final Shadow shadow;
  private final SharedModel shared;
  private final PredictionRules checks;
  private final Duration timeout;
  private final ShadowMeters meters;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final TimeBudget budget;
  private final TimeLimitedCalls<String, Prediction> calls;
  private volatile boolean told;
  private volatile boolean pauseTold;

  /**
   * @param shared the shadow's model, whose hold it takes over
   * @param clock for the time of comparison
   * @param nanos as {@link System#nanoTime}
   */
  ShadowModel(
      Route route,
      Shadow shadow,
      SharedModel shared,
      StreamSettings settings,
      ShadowMeters meters,
      InstantSource clock,
      LongSupplier nanos) {
    Labeller model = shared.labeller();
    this.route = route;
    this.shadow = shadow;
    this.shared = shared;
    this.checks = new PredictionRules(model.labels());
    this.timeout = settings.shadowTimeout();
    this.meters = meters;
    this.clock = clock;
    this.nanos = nanos;
    this.budget = new TimeBudget(MOST * settings.threads(), timeout, nanos);
    this.calls =
        new TimeLimitedCalls<>("shadow-" + route.name(), this::predict, 1, new Unobserved(), nanos);
  }

  /**
   * Labels the frame's events that are its share, and gives those that it labels differently, in
   * their order.
   *
   * @param served the model that made the outputs
   */
  List<Disagreement> compare(Frame frame, List<LabelledRow> rows, ModelSlot.Lease served) {
    List<LabelledRow.Done> taken = new ArrayList<>();
    for (LabelledRow row : rows) {
      if (row instanceof LabelledRow.Done done
          && shadow.takes(frame.topic(), frame.partition(), row.row().offset())) {
        taken.add(done);
      }
    }
    if (taken.isEmpty()) {
      return List.of();
    }
    if (!isComparable(served.model().shared().labeller().labels()) || !budget.isLeft()) {
      meters.skipped(taken.size());
      return List.of();
    }
    long began = nanos.getAsLong();
    try {
      return compared(frame, taken, answers(taken), served.model().shared().labeller());
    } finally {
      long waited = nanos.getAsLong() - began;
      budget.spend(waited);
      meters.waited(waited);
    }
  }

  private boolean isComparable(Labels served) {
    return RouteModels.areSame(served, shared.labeller().labels());
  }

  /** Logs where another model of the route makes the shadow pause, or go on. */
  void tellServed(Labels served) {
    boolean pauses = !isComparable(served);
    if (pauses && !pauseTold) {
      LOG.warn(
          "Route {}: its shadow {} pauses: its labels are {}, but those of the route's model are {} now",
          route.name(),
          shared.labeller().info().name(),
          String.join(", ", shared.labeller().labels().names()),
          String.join(", ", served.names()));
    } else if (!pauses && pauseTold) {
      LOG.info("Route {}: its shadow {} goes on", route.name(), shared.labeller().info().name());
    }
    pauseTold = pauses;
  }

  /** One answer an event; none at all where the shadow gives none. */
  private List<Prediction> answers(List<LabelledRow.Done> taken) {
    try {
      return calls.apply(taken.stream().map(row -> row.event().text()).toList(), timeout);
    } catch (CallTimedOutException late) {
      meters.timedOut(taken.size());
      tellOnce(late);
    } catch (CallsExhaustedException busy) {
      meters.skipped(taken.size());
    } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError failure) {
      meters.failed(taken.size());
      tellOnce(failure);
    }
    return List.of();
  }

  private List<Prediction> predict(List<String> texts) {
    Labeller model = shared.labeller();
    List<Prediction> predictions = model.predict(texts.stream().map(model::encode).toList());
    if (predictions.size() != texts.size()) {
      throw new IllegalStateException(
          "%d predictions for %d texts".formatted(predictions.size(), texts.size()));
    }
    predictions.forEach(checks::require);
    return predictions;
  }

  private List<Disagreement> compared(
      Frame frame, List<LabelledRow.Done> taken, List<Prediction> answers, Labeller served) {
    List<Disagreement> disagreements = new ArrayList<>();
    Instant now = clock.instant();
    for (int i = 0; i < answers.size(); i++) {
      LabelledRow.Done row = taken.get(i);
      Disagreement.Answer first = answer(served, row.prediction());
      Disagreement.Answer second = answer(shared.labeller(), answers.get(i));
      if (!first.label().equals(second.label())) {
        disagreements.add(disagreement(frame, row, first, second, now));
      }
    }
    meters.compared(answers.size() - disagreements.size(), disagreements.size());
    return disagreements;
  }

  private Disagreement disagreement(
      Frame frame,
      LabelledRow.Done done,
      Disagreement.Answer served,
      Disagreement.Answer other,
      Instant now) {
    return new Disagreement(
        route.name(),
        new EventSource(
            frame.topic(), frame.partition(), done.row().offset(), done.row().timestamp()),
        done.event().id(),
        served,
        other,
        now,
        route.includeText() ? done.event().text() : null);
  }

  private static Disagreement.Answer answer(Labeller model, Prediction prediction) {
    return new Disagreement.Answer(
        model.labels(), model.info().name(), model.info().version(), prediction);
  }

  /** The meters count all of them; the log has the first. */
  private void tellOnce(Throwable failure) {
    if (!told) {
      told = true;
      LOG.warn(
          "Route {}: its shadow {} gives no answer; outputs are not touched, and further failures are counted only: {}",
          route.name(),
          shared.labeller().info().name(),
          String.valueOf(failure.getMessage()));
    }
  }

  /** Closes the model, once a call that hangs has come back. */
  void close() {
    int stuck = calls.close(shared::release);
    if (stuck > 0) {
      LOG.warn("Route {}: the shadow hangs; its memory is left to the end", route.name());
    }
  }

  /** What takes too long is counted by events, where it is waited for. */
  private static final class Unobserved implements TimeLimitedCalls.Listener {
    @Override
    public void abandoned() {}

    @Override
    public void cameBack() {}
  }
}
