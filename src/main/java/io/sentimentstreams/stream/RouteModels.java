package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.EventCodec;
import io.sentimentstreams.metrics.Meters;
import io.sentimentstreams.metrics.StageMeters;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.page.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of all routes: loaded before the stream starts, exchanged while it runs, closed at its
 * end.
 */
final class RouteModels {
  private static final Logger LOG = LoggerFactory.getLogger(RouteModels.class);

  private final StreamSettings settings;
  private final Function<Route, ? extends Labeller> opener;
  private final Meters meters;
  private final Samples samples;
  private final Map<Path, SharedModel> configured = new HashMap<>();
  private final Map<String, ModelSlot> slots = new ConcurrentHashMap<>();

  /** Where each route's model was loaded from. */
  private final Map<String, Path> folders = new ConcurrentHashMap<>();

  private final Map<String, ShadowModel> shadows = new HashMap<>();
  private RouteModel.@Nullable Maker maker;

  /** A model that is given back after the end is closed by whoever had it. */
  private final ExecutorService closer =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          RouteModels::daemon,
          (closing, ended) -> closing.run());

  /**
   * Without models yet.
   *
   * @param opener loads the model of a route
   * @param samples for the page
   */
  RouteModels(
      StreamSettings settings,
      Function<Route, ? extends Labeller> opener,
      Meters meters,
      Samples samples) {
    this.settings = settings;
    this.opener = opener;
    this.meters = meters;
    this.samples = samples;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "model-closer");
    thread.setDaemon(true);
    return thread;
  }

  /** Loads the models that the settings name, each folder once, and warms them up. */
  void load() {
    for (Route route : settings.routes()) {
      configured.computeIfAbsent(route.model(), folder -> open(route));
    }
    for (Route route : settings.routes()) {
      if (route.shadow() != null) {
        loadShadow(route, route.shadow());
      }
    }
  }

  /**
   * Puts the loaded models into the routes' slots.
   *
   * @param limits those that outputs are held to
   * @param codecs how each route's events are read and written
   */
  void place(Limits limits, Function<Route, EventCodec> codecs, InstantSource clock) {
    RouteModel.Maker made =
        new RouteModel.Maker(
            settings.with(limits), codecs, meters, samples, clock, System::nanoTime);
    maker = made;
    for (Route route : settings.routes()) {
      SharedModel shared = Objects.requireNonNull(configured.get(route.model())).hold();
      slots.put(route.name(), new ModelSlot(made.make(route, shared)));
      folders.put(route.name(), absolute(route.model()));
      count(route, shared.labeller().info());
      if (route.shadow() != null) {
        shadows.put(route.name(), shadow(route, route.shadow(), clock));
      }
    }
    releaseConfigured();
  }

  private void loadShadow(Route route, Shadow shadow) {
    SharedModel model =
        configured.computeIfAbsent(shadow.model(), folder -> open(route.with(folder)));
    try {
      requireSame(
          shadow.model(),
          model.labeller().labels(),
          Objects.requireNonNull(configured.get(route.model())).labeller().labels(),
          "a shadow needs the same");
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          "routes.%s.shadow: %s".formatted(route.name(), e.getMessage()), e);
    }
  }

  private ShadowModel shadow(Route route, Shadow shadow, InstantSource clock) {
    SharedModel shared = Objects.requireNonNull(configured.get(shadow.model())).hold();
    LOG.info(
        "Route {}: {} is its shadow, for {} of the events",
        route.name(),
        shared.labeller().info().name(),
        shadow.share());
    return new ShadowModel(
        route, shadow, shared, settings, meters.shadow(route.name()), clock, System::nanoTime);
  }

  /** The route's second model. */
  Optional<ShadowModel> shadow(Route route) {
    return Optional.ofNullable(shadows.get(route.name()));
  }

  /**
   * Checks that the route's model gives a label.
   *
   * @throws InvalidInputException where it does not
   */
  void requireLabel(Route route, String key, String label) {
    Labels labels = slot(route).current().shared().labeller().labels();
    if (labels.indexOf(label) < 0) {
      throw new InvalidInputException(
          "%s: \"%s\" is no label of the route's model; give one of %s"
              .formatted(key, label, String.join(", ", labels.names())));
    }
  }

  /** What the route's model is now. */
  ModelInfo info(Route route) {
    return slot(route).current().shared().labeller().info();
  }

  /**
   * Loads a bundle beside the route's model, checks it, warms it up and puts it in the model's
   * place. The next frame has the new model; the former is closed after its last one. Where the
   * version is in use already, from that folder, nothing is done.
   *
   * @param version what the bundle's must be, null for any
   * @param labelsMayDiffer whether a bundle of other labels is taken
   * @throws InvalidInputException where the bundle cannot be used; the route's model stays
   */
  void exchange(Route route, Path folder, @Nullable String version, boolean labelsMayDiffer) {
    Labeller former = slot(route).current().shared().labeller();
    if (former.info().version().equals(version)
        && absolute(folder).equals(folders.get(route.name()))) {
      return;
    }
    Labeller opened = opener.apply(route.with(folder));
    try {
      requireVersion(folder, opened.info().version(), version);
      if (!labelsMayDiffer) {
        requireSame(
            folder,
            opened.labels(),
            former.labels(),
            "activate with --other-labels if that is meant");
      }
    } catch (InvalidInputException refused) {
      opened.close();
      throw refused;
    }
    SharedModel next = staged(route.with(folder), opened);
    try {
      slot(route).exchange(Objects.requireNonNull(maker).make(route, next));
    } catch (RuntimeException | Error broken) {
      next.release();
      throw broken;
    }
    folders.put(route.name(), absolute(folder));
    count(route, opened.info());
    LOG.info(
        "Route {}: {}, version {}, labels from now on in place of {}, version {}",
        route.name(),
        opened.info().name(),
        opened.info().version(),
        former.info().name(),
        former.info().version());
    shadow(route).ifPresent(shadow -> shadow.tellServed(opened.labels()));
  }

  private static Path absolute(Path folder) {
    return folder.toAbsolutePath().normalize();
  }

  private static void requireVersion(Path folder, String found, @Nullable String needed) {
    if (needed != null && !found.equals(needed)) {
      throw new InvalidInputException(
          "model %s: its version is %s, but %s was activated: the folder's content has changed, or is not the same everywhere"
              .formatted(folder, found, needed));
    }
  }

  private static void requireSame(Path folder, Labels found, Labels former, String remedy) {
    if (!areSame(found, former)) {
      throw new InvalidInputException(
          "model %s: its labels are %s, but those of the route's model are %s; %s"
              .formatted(
                  folder,
                  String.join(", ", found.names()),
                  String.join(", ", former.names()),
                  remedy));
    }
  }

  /** In whatever order. */
  static boolean areSame(Labels one, Labels other) {
    return Set.copyOf(one.names()).equals(Set.copyOf(other.names()));
  }

  private void count(Route route, ModelInfo info) {
    meters.model(
        route.name(), info.name(), info.version(), info.network(), info.backend(), info.device());
  }

  /** Logs each route with the model that it has now. */
  void tell() {
    for (Route route : settings.routes()) {
      ModelInfo info = info(route);
      LOG.info(
          "Route {}: {} -> {} by {} on {}",
          route.name(),
          route.inputs(),
          route.output(),
          info.name(),
          info.device());
    }
  }

  private SharedModel open(Route route) {
    return staged(route, opener.apply(route));
  }

  /** A loaded model, with limited time for its calls, warmed up. */
  private SharedModel staged(Route route, Labeller opened) {
    String name = opened.info().name();
    StageMeters stageMeters = meters.stage(name);
    Duration limit = settings.guard().modelTimeout();
    Labeller model =
        WarmUp.warmedUp(
            route,
            new GuardedLabeller(opened, limit, stageMeters, System::nanoTime),
            WarmUp.limit(limit));
    InferenceStage stage =
        new InferenceStage(
            model, settings.stage(), settings.threads(), stageMeters, System::nanoTime);
    LOG.info(
        "model {}: {} (stage.join {})",
        name,
        stage.joins() ? "threads share its calls" : "each thread calls it by itself",
        settings.stage().join().code());
    return new SharedModel(stage, closer);
  }

  /** The route's model on loan; empty before the models are placed, and after the end. */
  Optional<ModelSlot.Lease> lease(Route route) {
    ModelSlot slot = slots.get(route.name());
    return slot == null ? Optional.empty() : slot.leaseIfOpen();
  }

  /** Where the route has its model. */
  ModelSlot slot(Route route) {
    return Objects.requireNonNull(slots.get(route.name()));
  }

  private void releaseConfigured() {
    configured.values().forEach(SharedModel::release);
    configured.clear();
  }

  /** Closes all models, once no thread computes with them; waits for so long at most. */
  void close(Duration patience) throws InterruptedException {
    slots.values().forEach(ModelSlot::close);
    slots.clear();
    shadows.values().forEach(ShadowModel::close);
    shadows.clear();
    releaseConfigured();
    closer.shutdown();
    if (!closer.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warn("A model did not close within {}; its memory is left to the end", patience);
    }
  }
}
