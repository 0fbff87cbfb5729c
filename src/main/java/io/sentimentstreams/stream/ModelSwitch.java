package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.control.Activation;
import io.sentimentstreams.control.ControlState;
import io.sentimentstreams.control.RouteReport;
import io.sentimentstreams.metrics.Meters;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the routes' models to what is asked for, and remembers what came of it. A bundle that
 * cannot be used is refused with its reason, and the model before goes on. Free of Kafka. To be
 * used by one thread.
 */
final class ModelSwitch {
  private static final Logger LOG = LoggerFactory.getLogger(ModelSwitch.class);
  private static final int MAXIMUM_REASON_LENGTH = 500;

  private final StreamSettings settings;
  private final RouteModels models;
  private final Meters meters;

  /** What each route was asked for last, and has done or refused. */
  private final Map<String, ControlState.Wish> answered = new HashMap<>();

  private final Map<String, @Nullable String> refusals = new HashMap<>();

  ModelSwitch(StreamSettings settings, RouteModels models, Meters meters) {
    this.settings = settings;
    this.models = models;
    this.meters = meters;
  }

  /**
   * Does what is asked for and is not done or refused yet. Takes as long as loading takes.
   *
   * @param wishes by route; routes of other applications are passed over
   * @return whether there is anything new to report
   */
  boolean follow(Map<String, ControlState.Wish> wishes) {
    boolean changed = false;
    for (Route route : settings.routes()) {
      ControlState.Wish wish = wishes.get(route.name());
      if (wish != null && !wish.equals(answered.get(route.name()))) {
        boolean first = !answered.containsKey(route.name());
        String refusal = answer(route, wish, first);
        refusals.put(route.name(), refusal);
        if (refusal != null) {
          LOG.warn("Route {}: {} goes on", route.name(), models.info(route).name());
        }
        answered.put(route.name(), wish);
        changed = true;
      }
    }
    return changed;
  }

  /** Whether all that is asked for is done or refused already. */
  boolean hasAnswered(Map<String, ControlState.Wish> wishes) {
    return settings.routes().stream()
        .map(Route::name)
        .filter(wishes::containsKey)
        .allMatch(route -> Objects.equals(wishes.get(route), answered.get(route)));
  }

  /** What each route uses now. */
  Map<String, RouteReport> report() {
    Map<String, RouteReport> report = new TreeMap<>();
    for (Route route : settings.routes()) {
      ModelInfo info = models.info(route);
      ControlState.Wish wish = answered.get(route.name());
      report.put(
          route.name(),
          new RouteReport(
              info.name(),
              info.version(),
              wish == null ? RouteReport.NOTHING : wish.offset(),
              wish == null ? null : wish.at(),
              refusals.get(route.name())));
    }
    return report;
  }

  /** Null where the wish is fulfilled, else why not. */
  private @Nullable String answer(Route route, ControlState.Wish wish, boolean first) {
    Activation activation = wish.activation().orElse(null);
    if (activation == null) {
      return first ? null : attempt(route, route.model(), null, true);
    }
    String refusal = attempt(route, activation);
    if (refusal != null && first && activation.previous() != null) {
      // This instance was not there when the one before was taken.
      attempt(route, activation.previous());
    }
    return refusal;
  }

  private @Nullable String attempt(Route route, Activation activation) {
    Path folder;
    try {
      folder = Path.of(activation.bundle());
    } catch (InvalidPathException noPath) {
      return refused(route, activation.bundle(), noPath);
    }
    return attempt(route, folder, activation.version(), activation.labelsMayDiffer());
  }

  private @Nullable String attempt(
      Route route, Path folder, @Nullable String version, boolean labelsMayDiffer) {
    try {
      models.exchange(route, folder, version, labelsMayDiffer);
      meters.modelExchanged(route.name(), true);
      return null;
    } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError broken) {
      return refused(route, folder, broken);
    }
  }

  private String refused(Route route, Object bundle, Throwable broken) {
    meters.modelExchanged(route.name(), false);
    LOG.warn("Route {}: the model {} is refused: {}", route.name(), bundle, reason(broken));
    LOG.debug("The model {}", bundle, broken);
    return reason(broken);
  }

  private static String reason(Throwable broken) {
    String message = String.valueOf(broken.getMessage());
    String text =
        broken instanceof InvalidInputException
            ? message
            : "%s: %s".formatted(broken.getClass().getSimpleName(), message);
    String line = text.replaceAll("\\s+", " ");
    return line.substring(0, Math.min(line.length(), MAXIMUM_REASON_LENGTH));
  }
}
