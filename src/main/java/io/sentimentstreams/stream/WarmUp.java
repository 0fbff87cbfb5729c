package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.batch.CallTimedOutException;
import io.sentimentstreams.text.EncodedText;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** First calls of a model: they build what is built lazily, and tell a broken one at the start. */
final class WarmUp {
  private static final int CALLS = 3;
  private static final int TEXTS = 16;

  /** A first call takes many times as long as later ones. */
  private static final int TIMEOUTS = 10;

  private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(60);

  private WarmUp() {}

  /**
   * How long each call of the warm-up may take.
   *
   * @param modelTimeout what a later call may
   */
  static Duration limit(Duration modelTimeout) {
    Duration limit = modelTimeout.multipliedBy(TIMEOUTS);
    return limit.compareTo(SHORTEST_LIMIT) < 0 ? SHORTEST_LIMIT : limit;
  }

  /**
   * The model itself, after some calls with texts of mixed lengths; closed where they fail.
   *
   * @param route whose model it is to be
   * @param limit of each call
   * @throws InvalidInputException in one line, where a call fails or takes too long
   */
  static Labeller warmedUp(Route route, GuardedLabeller model, Duration limit) {
    try {
      List<EncodedText> texts =
          IntStream.rangeClosed(1, TEXTS)
              .mapToObj(words -> model.encode("what a good day it is, ".repeat(words)))
              .toList();
      for (int call = 0; call < CALLS; call++) {
        model.predict(texts, limit);
      }
      return model;
    } catch (RuntimeException broken) {
      model.close();
      throw refusal(route, model.info(), limit, broken);
    } catch (Error broken) {
      model.close();
      throw broken;
    }
  }

  private static InvalidInputException refusal(
      Route route, ModelInfo info, Duration limit, RuntimeException broken) {
    String what =
        broken instanceof CallTimedOutException
            ? "no answer in the warm-up within %d s (%d times model.timeout, at least %d s); raise model.timeout, or give the route another model"
                .formatted(limit.toSeconds(), TIMEOUTS, SHORTEST_LIMIT.toSeconds())
            : "fails in the warm-up: %s: %s; give the route another model, or try another backend"
                .formatted(broken.getClass().getSimpleName(), broken.getMessage());
    String line =
        "route %s: model %s (%s): %s".formatted(route.name(), info.name(), route.model(), what);
    return new InvalidInputException(line.replaceAll("\\s+", " "), broken);
  }
}
