package io.sentimentstreams.stream;

import io.sentimentstreams.batch.CallTimedOutException;
import io.sentimentstreams.batch.Frame;
import io.sentimentstreams.batch.FrameRow;
import io.sentimentstreams.batch.Outcome;
import io.sentimentstreams.batch.PoisonIsolation;
import io.sentimentstreams.event.EventCodec;
import io.sentimentstreams.event.EventWriter;
import io.sentimentstreams.event.ParsedEvent;
import io.sentimentstreams.event.PredictionRules;
import io.sentimentstreams.event.Rejected;
import io.sentimentstreams.event.RejectionReason;
import io.sentimentstreams.event.TextEvent;
import io.sentimentstreams.metrics.Drift;
import io.sentimentstreams.metrics.ExplanationMeters;
import io.sentimentstreams.metrics.RouteMeters;
import io.sentimentstreams.model.Explanation;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.text.EncodedText;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Labels a frame: each row parsed and encoded, all good ones given to the model in one call. Free
 * of Kafka. Safe for use by several threads at once where the model is.
 *
 * <p>A row that the model fails for, or hangs with, is found and stands alone; its neighbours get
 * their labels. Where the model fails for a text known to be good, too, then the model is broken,
 * and no event is to blame: the route's guard decides.
 */
final class FrameLabeller {
  /** Short, and without anything special: a model that cannot label it is broken. */
  private static final String CANARY = "a good day";

  /** The explanations of a frame have this part of {@code model.timeout}. */
  private static final int EXPLANATIONS_SHARE = 4;

  private static final int MAXIMUM_DETAIL_LENGTH = 500;

  /** Rows of slow frames whose outcomes are kept: some frames, of several partitions. */
  private static final int KEPT_ROWS = 2_048;

  private final Labeller model;
  private final EnvelopeCheck envelopes;
  private final EventCodec codec;
  private final EventWriter writer;
  private final PredictionRules rules;
  private final boolean includeText;
  private final RouteMeters meters;
  private final Optional<Drift> drift;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final long frameNanos;
  private final long slowNanos;
  private final KeptOutcomes kept = new KeptOutcomes(KEPT_ROWS);
  private final EncodedText canary;
  private final RowExplanations explanations;
  private final PoisonIsolation<EncodedText, Prediction> isolation;

  FrameLabeller(
      Route route,
      EventCodec codec,
      Labeller model,
      StreamSettings settings,
      RouteMeters meters,
      Optional<Drift> drift,
      Optional<ExplanationMeters> explained,
      InstantSource clock,
      LongSupplier nanos) {
    Limits limits = settings.limits();
    this.model = model;
    this.frameNanos = settings.guard().frameTime().toNanos();
    this.slowNanos = settings.guard().slowFrame().toNanos();
    this.envelopes = new EnvelopeCheck(limits);
    this.codec = codec;
    this.writer = codec.writer(model.labels(), model.info().name(), model.info().version());
    this.rules = new PredictionRules(model.labels());
    this.includeText = route.includeText();
    this.meters = meters;
    this.drift = drift;
    this.clock = clock;
    this.nanos = nanos;
    this.canary = model.encode(CANARY);
    this.explanations =
        new RowExplanations(
            route,
            model,
            this::predict,
            explained,
            settings.guard().modelTimeout().dividedBy(EXPLANATIONS_SHARE),
            nanos);
    this.isolation = new PoisonIsolation<>(this::predict, RuntimeException.class, canary);
  }

  /**
   * Tries the model with the text that is known to be good.
   *
   * @throws RuntimeException where it fails
   */
  void probe() {
    predict(List.of(canary));
  }

  /**
   * One result a row, in the rows' order.
   *
   * @throws io.sentimentstreams.batch.BreakerOpenException where the model is broken, or the
   *     format's registry does not answer
   * @throws io.sentimentstreams.batch.BatchUnfinishedException where a frame of several rows takes
   *     too long
   */
  List<LabelledRow> label(Frame frame, RouteGuard guard) {
    long began = nanos.getAsLong();
    List<ParsedEvent> events = guard.read(() -> read(frame.rows()), codec::probe);
    List<Parsed> parsed = encode(frame.rows(), events);
    long encoded = nanos.getAsLong();
    meters.encodedIn(encoded - began);
    List<LabelledRow> results = infer(frame, parsed, guard);
    meters.inferredIn(nanos.getAsLong() - encoded);
    return results;
  }

  private List<ParsedEvent> read(List<FrameRow> rows) {
    List<ParsedEvent> events = new ArrayList<>(rows.size());
    for (FrameRow row : rows) {
      Rejected tooLarge = envelopes.reject(row);
      events.add(tooLarge == null ? codec.read(row) : tooLarge);
    }
    return events;
  }

  private List<Parsed> encode(List<FrameRow> rows, List<ParsedEvent> events) {
    List<Parsed> parsed = new ArrayList<>(rows.size());
    long read = 0;
    long all = 0;
    long unknown = 0;
    for (int i = 0; i < rows.size(); i++) {
      Parsed one = encode(rows.get(i), events.get(i));
      parsed.add(one);
      EncodedText text = one.encoded();
      if (text != null) {
        read += text.ids().length;
        all += text.tokens();
        unknown += text.unknown();
      }
    }
    meters.encoded(read, all, unknown);
    return parsed;
  }

  private Parsed encode(FrameRow row, ParsedEvent event) {
    if (!(event instanceof TextEvent text)) {
      return new Parsed(row, event, null, null);
    }
    try {
      return new Parsed(row, event, model.encode(text.text()), null);
    } catch (RuntimeException failure) {
      meters.inferenceFailed();
      return new Parsed(row, failed(failure), null, failure);
    }
  }

  private List<LabelledRow> infer(Frame frame, List<Parsed> parsed, RouteGuard guard) {
    Map<Long, Outcome<Prediction>> outcomes = outcomes(frame, parsed, guard);
    drift.ifPresent(measured -> tell(measured, parsed, outcomes));
    Instant scoredAt = clock.instant();
    RowExplanations.OfFrame explained = explanations.begin();
    List<LabelledRow> results = new ArrayList<>(parsed.size());
    for (Parsed one : parsed) {
      Outcome<Prediction> outcome = outcomes.get(one.row().offset());
      results.add(outcome == null ? dead(one) : result(one, outcome, scoredAt, explained));
    }
    return results;
  }

  /** Of all rows that have a text, by their offsets. */
  private Map<Long, Outcome<Prediction>> outcomes(
      Frame frame, List<Parsed> parsed, RouteGuard guard) {
    Map<Long, Outcome<Prediction>> outcomes = new HashMap<>();
    List<Parsed> asked = new ArrayList<>(parsed.size());
    List<EncodedText> texts = new ArrayList<>(parsed.size());
    for (Parsed one : parsed) {
      EncodedText text = one.encoded();
      if (text != null) {
        Outcome<Prediction> known = kept.of(place(frame, one), text);
        if (known == null) {
          asked.add(one);
          texts.add(text);
        } else {
          outcomes.put(one.row().offset(), known);
        }
      }
    }
    long began = nanos.getAsLong();
    List<Outcome<Prediction>> answers =
        guard.call(() -> isolation.apply(texts, () -> nanos.getAsLong() - began < frameNanos));
    boolean slow = nanos.getAsLong() - began > slowNanos;
    for (int i = 0; i < asked.size(); i++) {
      outcomes.put(asked.get(i).row().offset(), answers.get(i));
      if (slow) {
        kept.keep(place(frame, asked.get(i)), texts.get(i), answers.get(i));
      }
    }
    return outcomes;
  }

  private static KeptOutcomes.Place place(Frame frame, Parsed parsed) {
    return new KeptOutcomes.Place(frame.topic(), frame.partition(), parsed.row().offset());
  }

  private static void tell(
      Drift drift, List<Parsed> parsed, Map<Long, Outcome<Prediction>> outcomes) {
    List<EncodedText> texts = new ArrayList<>(parsed.size());
    List<Prediction> predictions = new ArrayList<>(parsed.size());
    for (Parsed one : parsed) {
      EncodedText text = one.encoded();
      if (text != null
          && outcomes.get(one.row().offset()) instanceof Outcome.Done<Prediction> done) {
        texts.add(text);
        predictions.add(done.result());
      }
    }
    drift.add(texts, predictions);
  }

  private static LabelledRow dead(Parsed parsed) {
    return new LabelledRow.Dead(parsed.row(), (Rejected) parsed.event(), parsed.failure());
  }

  private LabelledRow result(
      Parsed parsed,
      Outcome<Prediction> outcome,
      Instant scoredAt,
      RowExplanations.OfFrame explained) {
    TextEvent event = (TextEvent) parsed.event();
    if (outcome instanceof Outcome.Done<Prediction> done) {
      Prediction prediction = done.result();
      String text = includeText ? event.text() : null;
      Explanation explanation =
          explained.of(event.text(), Objects.requireNonNull(parsed.encoded()), prediction);
      byte[] value = writer.write(event.id(), prediction, scoredAt, text, explanation);
      return new LabelledRow.Done(parsed.row(), event, prediction, value);
    }
    RuntimeException cause = ((Outcome.Failed<Prediction>) outcome).cause();
    return new LabelledRow.Dead(parsed.row(), failed(cause), cause);
  }

  private List<Prediction> predict(List<EncodedText> texts) {
    try {
      List<Prediction> predictions = model.predict(texts);
      if (predictions.size() != texts.size()) {
        throw new IllegalStateException(
            "the model gave %d predictions for %d texts"
                .formatted(predictions.size(), texts.size()));
      }
      // Here a bad row can still be told from a bad model.
      predictions.forEach(rules::require);
      return predictions;
    } catch (RuntimeException failure) {
      meters.inferenceFailed();
      throw failure;
    }
  }

  private static Rejected failed(RuntimeException failure) {
    String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
    String line = (failure.getClass().getSimpleName() + message).replaceAll("\\s+", " ");
    return new Rejected(
        failure instanceof CallTimedOutException
            ? RejectionReason.INFERENCE_TIMED_OUT
            : RejectionReason.INFERENCE_FAILED,
        line.substring(0, Math.min(line.length(), MAXIMUM_DETAIL_LENGTH)));
  }

  /**
   * A row after parsing.
   *
   * @param encoded null where the row is dead already; then the event is a {@link Rejected}
   * @param failure what failed for it while it was encoded, null for nothing
   */
  private record Parsed(
      FrameRow row,
      ParsedEvent event,
      @Nullable EncodedText encoded,
      @Nullable RuntimeException failure) {}
}
