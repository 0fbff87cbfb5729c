package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.EventFormat;
import io.sentimentstreams.event.EventParser;
import io.sentimentstreams.event.ParsedEvent;
import io.sentimentstreams.event.Rejected;
import io.sentimentstreams.model.Explainer;
import io.sentimentstreams.model.Explanation;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.text.EncodedText;
import io.sentimentstreams.web.ScoreAnswer;
import io.sentimentstreams.web.ScoreRequest;
import io.sentimentstreams.web.Scoring;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Labels texts that somebody asks about, by the model that a route has at that moment, as the
 * stream would label them. It changes nothing.
 *
 * <p>So that the stream goes on meanwhile, one request at a time is worked on, and calls of the
 * model have few rows. A request has its time: where that is over after a call, no further one is
 * made. Safe for use by several threads at once.
 */
final class TextScorer implements Scoring {
  /** What a request may take, and the call that is under way then. */
  static final Duration LONGEST = Duration.ofSeconds(10);

  /** Most texts of a call: stream threads may have to wait as long as one takes. */
  private static final int ROWS = 16;

  private final List<Route> routes;
  private final Function<Route, Optional<ModelSlot.Lease>> models;
  private final EventParser parser;
  private final Duration within;
  private final LongSupplier nanos;
  private final Semaphore free = new Semaphore(1);

  /**
   * A scorer.
   *
   * @param models a route's model on loan, empty where there is none now
   * @param maximumTextBytes of a text in UTF-8
   * @param within how long a request may take
   * @param nanos as {@link System#nanoTime}
   */
  TextScorer(
      List<Route> routes,
      Function<Route, Optional<ModelSlot.Lease>> models,
      int maximumTextBytes,
      Duration within,
      LongSupplier nanos) {
    this.routes = List.copyOf(routes);
    this.models = models;
    this.within = within;
    this.nanos = nanos;
    this.parser =
        new EventParser(EventFormat.TEXT, EventParser.DEFAULT_TEXT_POINTER, null, maximumTextBytes);
  }

  @Override
  public ScoreAnswer score(ScoreRequest request) {
    Route route = route(request);
    if (!free.tryAcquire()) {
      throw NotNowException.busy();
    }
    try (ModelSlot.Lease lease =
        models
            .apply(route)
            .orElseThrow(() -> NotNowException.unavailable("the models are not loaded"))) {
      return new Work(lease.model().shared().labeller()).answer(route, request);
    } finally {
      free.release();
    }
  }

  private Route route(ScoreRequest request) {
    if (request.route() == null) {
      return routes.get(0);
    }
    return routes.stream()
        .filter(route -> route.name().equals(request.route()))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "\"route\": there is no such route; there are %s"
                        .formatted(String.join(", ", routes.stream().map(Route::name).toList()))));
  }

  /** The work on one request. For one thread. */
  private final class Work {
    private final Labeller model;
    private final long began = nanos.getAsLong();

    Work(Labeller model) {
      this.model = model;
    }

    ScoreAnswer answer(Route route, ScoreRequest request) {
      List<ScoreAnswer.Result> results = new ArrayList<>();
      List<String> texts = request.texts();
      for (int from = 0; from < texts.size(); from += ROWS) {
        List<String> some = texts.subList(from, Math.min(from + ROWS, texts.size()));
        results.addAll(score(some, request.explain()));
      }
      return new ScoreAnswer(
          route.name(), model.info().name(), model.info().version(), model.labels(), results);
    }

    private List<ScoreAnswer.Result> score(List<String> texts, boolean explain) {
      List<ParsedEvent> parsed =
          texts.stream().map(text -> parser.parse(text.getBytes(UTF_8))).toList();
      List<EncodedText> encoded = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        if (!(parsed.get(i) instanceof Rejected)) {
          encoded.add(model.encode(texts.get(i)));
        }
      }
      List<Prediction> predictions = predict(encoded);
      List<ScoreAnswer.Result> results = new ArrayList<>();
      int next = 0;
      for (int i = 0; i < texts.size(); i++) {
        if (parsed.get(i) instanceof Rejected rejected) {
          results.add(new ScoreAnswer.Unscored(rejected.reason().code(), rejected.detail()));
        } else {
          results.add(scored(texts.get(i), encoded.get(next), predictions.get(next), explain));
          next++;
        }
      }
      return results;
    }

    private ScoreAnswer.Result scored(
        String text, EncodedText encoded, Prediction prediction, boolean explain) {
      Optional<Explainer> explainer = explain ? model.explainer() : Optional.empty();
      return new ScoreAnswer.Scored(
          prediction,
          explainer.map(found -> explained(found, text, encoded, prediction)).orElse(null));
    }

    private Explanation explained(
        Explainer explainer, String text, EncodedText encoded, Prediction prediction) {
      requireTime();
      return explainer.explain(text, encoded, prediction, this::predict);
    }

    /** In calls of few rows. */
    private List<Prediction> predict(List<EncodedText> texts) {
      List<Prediction> predictions = new ArrayList<>(texts.size());
      for (int from = 0; from < texts.size(); from += ROWS) {
        requireTime();
        predictions.addAll(call(texts.subList(from, Math.min(from + ROWS, texts.size()))));
      }
      return predictions;
    }

    private List<Prediction> call(List<EncodedText> texts) {
      List<Prediction> predictions;
      try {
        predictions = model.predict(texts);
      } catch (RuntimeException failure) {
        throw NotNowException.unavailable("the model fails: " + failure.getMessage());
      }
      if (predictions.size() != texts.size()) {
        throw NotNowException.unavailable("the model fails: too few predictions");
      }
      return predictions;
    }

    private void requireTime() {
      if (nanos.getAsLong() - began > within.toNanos()) {
        throw NotNowException.tooLong(within);
      }
    }
  }
}
