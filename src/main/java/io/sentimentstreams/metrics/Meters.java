package io.sentimentstreams.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.sentimentstreams.event.RejectionReason;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Reference;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The application's meters: every name, unit and tag stands here and nowhere else. Prometheus shows
 * {@code sentiment.events.in} as {@code sentiment_events_in_total}, times in seconds.
 *
 * <p>Meters of a route are looked up once, in {@link #route}; recording costs no look-up.
 */
public final class Meters {
  /** Counter, events: rows that came in. Tag {@link #ROUTE}. */
  public static final String EVENTS_IN = "sentiment.events.in";

  /** Counter, events: rows that were labelled. Tags {@link #ROUTE}, {@link #LABEL}. */
  public static final String EVENTS_LABELLED = "sentiment.events.labelled";

  /** Counter, events: rows that went to the dead letters. Tags {@link #ROUTE}, {@link #REASON}. */
  public static final String EVENTS_DEAD_LETTERED = "sentiment.events.dead.lettered";

  /**
   * Gauge, events: rows under work, and rows of finished frames that were neither labelled nor
   * dead-lettered, of which there must be none: 0 at rest. Tag {@link #ROUTE}.
   */
  public static final String EVENTS_UNACCOUNTED = "sentiment.events.unaccounted";

  /** Histogram, rows: rows of a frame. Tag {@link #ROUTE}. */
  public static final String BATCH_ROWS = "sentiment.batch.rows";

  /** Histogram, tokens: tokens of a frame that the network reads. Tag {@link #ROUTE}. */
  public static final String BATCH_TOKENS = "sentiment.batch.tokens";

  /** Timer: from the poll that brought a frame until its work begins. Tag {@link #ROUTE}. */
  public static final String LATENCY_QUEUE = "sentiment.latency.queue";

  /** Timer: parsing and encoding a frame's rows. Tag {@link #ROUTE}. */
  public static final String LATENCY_ENCODE = "sentiment.latency.encode";

  /**
   * Timer: the model's work on a frame, the wait in the stage and the isolation of failing rows
   * included. Tag {@link #ROUTE}.
   */
  public static final String LATENCY_INFERENCE = "sentiment.latency.inference";

  /** Timer: from the poll until all rows of a frame were sent on. Tag {@link #ROUTE}. */
  public static final String LATENCY_TOTAL = "sentiment.latency.total";

  /** Counter, calls: calls of the model that failed. Tag {@link #ROUTE}. */
  public static final String INFERENCE_ERRORS = "sentiment.inference.errors";

  /** Counter, tokens: tokens of the texts, before they were cut. Tag {@link #ROUTE}. */
  public static final String TOKENS = "sentiment.tokens";

  /** Counter, tokens: those that the vocabulary does not hold. Tag {@link #ROUTE}. */
  public static final String TOKENS_UNKNOWN = "sentiment.tokens.unknown";

  /** Gauge, 0 to 1: unknown tokens by tokens since the start. Tag {@link #ROUTE}. */
  public static final String TOKENS_UNKNOWN_RATIO = "sentiment.tokens.unknown.ratio";

  /**
   * Gauge, 0 and up: how far the latest texts are from the model's own data, see {@link Drift}. Not
   * there for a model whose bundle does not tell what that is like. Tags {@link #ROUTE}, {@link
   * #MEASURE}: {@code unknown}, {@code length}, {@code score} or {@code label}.
   */
  public static final String DRIFT = "sentiment.drift.psi";

  /**
   * Gauge, always 1: which model a route uses. Tags {@link #ROUTE}, {@link #MODEL}, {@link
   * #VERSION}, {@link #NETWORK}, {@link #BACKEND}, {@link #DEVICE}.
   */
  public static final String MODEL_INFO = "sentiment.model.info";

  /**
   * Counter, models: what became of models that were activated. Tags {@link #ROUTE}, {@link
   * #OUTCOME}: {@code activated} or {@code refused}.
   */
  public static final String MODEL_EXCHANGES = "sentiment.model.exchanges";

  /**
   * Counter, events: what became of the shadow's share of the events. Tags {@link #ROUTE}, {@link
   * #OUTCOME}: {@code agreed}, {@code disagreed}, {@code failed}, {@code timed-out} or {@code
   * skipped}.
   */
  public static final String SHADOW_EVENTS = "sentiment.shadow.events";

  /**
   * Gauge, 0 to 1: events that both models label alike by events compared since the start. Tag
   * {@link #ROUTE}.
   */
  public static final String SHADOW_AGREEMENT = "sentiment.shadow.agreement";

  /**
   * Counter, events: what became of labelled events in the route's trends. Tags {@link #ROUTE},
   * {@link #OUTCOME}: {@code counted}, {@code late}, {@code ahead}, {@code without-group} or {@code
   * over-limit}.
   */
  public static final String TREND_EVENTS = "sentiment.trends.events";

  /** Counter, windows: windows of groups that were closed. Tag {@link #ROUTE}. */
  public static final String TREND_WINDOWS = "sentiment.trends.windows";

  /** Gauge, groups: groups whose trends this instance keeps. Tag {@link #ROUTE}. */
  public static final String TREND_GROUPS = "sentiment.trends.groups";

  /**
   * Counter, alerts: alerts on groups. Tags {@link #ROUTE}, {@link #OUTCOME}: {@code begin} or
   * {@code end}.
   */
  public static final String ALERTS = "sentiment.alerts";

  /**
   * Counter, events: labelled events of a route that explains. Tags {@link #ROUTE}, {@link
   * #OUTCOME}: {@code given}, or {@code left-out} where the explanation failed or the frame's time
   * for them was over.
   */
  public static final String EXPLANATIONS = "sentiment.explanations";

  /** Timer: what a frame waits for the shadow, after its outputs. Tag {@link #ROUTE}. */
  public static final String SHADOW_LATENCY = "sentiment.shadow.latency";

  /**
   * Timer: what a frame's rows wait in the stage until a call of the model takes them up; 0 where
   * each thread calls by itself. Tag {@link #MODEL}.
   */
  public static final String STAGE_QUEUE = "sentiment.stage.queue";

  /** Timer: what a call of the model takes. Tag {@link #MODEL}. */
  public static final String STAGE_DEVICE = "sentiment.stage.device";

  /**
   * Counter, calls: calls of the model, joined ones as one. Tags {@link #MODEL}, {@link #OUTCOME}.
   */
  public static final String STAGE_CALLS = "sentiment.stage.calls";

  /** Histogram, rows: rows of a call of the model. Tag {@link #MODEL}. */
  public static final String STAGE_ROWS = "sentiment.stage.rows";

  /** Histogram, tokens: tokens of a call of the model. Tag {@link #MODEL}. */
  public static final String STAGE_TOKENS = "sentiment.stage.tokens";

  /** Counter, tokens: token positions computed, padding included. Tag {@link #MODEL}. */
  public static final String STAGE_TOKENS_COMPUTED = "sentiment.stage.tokens.computed";

  /** Gauge, 0 to 1: padding by token positions computed since the start. Tag {@link #MODEL}. */
  public static final String STAGE_PADDING_RATIO = "sentiment.stage.padding.ratio";

  /** Gauge, calls: calls of the model that hang, left behind until they end. Tag {@link #MODEL}. */
  public static final String STAGE_STUCK = "sentiment.stage.stuck";

  /**
   * Gauge, 0 or 1: whether a route's model fails for everything, so that consumption pauses. Tag
   * {@link #ROUTE}.
   */
  public static final String BREAKER_OPEN = "sentiment.breaker.open";

  /** Gauge, 0 or 1: whether the process labels events now, as {@code /health/ready} says. */
  public static final String READY = "sentiment.ready";

  /** Counter: polls that could not be packed into frames and were worked on row by row. */
  public static final String FRAMING_FAILURES = "sentiment.framing.failures";

  /** Tag: name of the route. */
  public static final String ROUTE = "route";

  /** Tag: the label that the model gave. */
  public static final String LABEL = "label";

  /** Tag: what of a text is measured. */
  public static final String MEASURE = "measure";

  /** Tag: the {@link RejectionReason#code}. */
  public static final String REASON = "reason";

  /** Tag: the model's name. */
  public static final String MODEL = "model";

  /** Tag: {@code done} or {@code failed}. */
  public static final String OUTCOME = "outcome";

  /** Tag: the hash of the model's content. */
  public static final String VERSION = "version";

  /** Tag: the kind of network, such as {@code bilstm}. */
  public static final String NETWORK = "network";

  /** Tag: what computes, such as {@code dl4j}. */
  public static final String BACKEND = "backend";

  /** Tag: where it computes, such as {@code cpu}. */
  public static final String DEVICE = "device";

  private static final Duration[] LATENCIES = {
    Duration.ofNanos(250_000),
    Duration.ofMillis(1),
    Duration.ofNanos(2_500_000),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };
  private static final double[] BATCH_SIZES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048};
  private static final double[] BATCH_TOKEN_COUNTS = {
    16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144
  };

  private final MeterRegistry registry;

  /** Calls that hang, by model: of all that have had the name. */
  private final Map<String, AtomicInteger> stuck = new ConcurrentHashMap<>();

  private final Map<String, RouteMeters.Balance> balances = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> groupsKept = new ConcurrentHashMap<>();
  private final Map<String, AtomicReference<@Nullable Drift>> drifts = new ConcurrentHashMap<>();
  private final Counter framingFailures;

  /** Meters of the application in this registry. */
  public Meters(MeterRegistry registry) {
    this.registry = registry;
    this.framingFailures =
        Counter.builder(FRAMING_FAILURES)
            .description("Polls that could not be packed into frames")
            .register(registry);
  }

  /** The meters of one route; all of its counters show from now on, at 0. */
  public RouteMeters route(String route, Labels labels) {
    Tags tags = Tags.of(ROUTE, route);
    Counter tokens = counter(TOKENS, "Tokens of the texts", tags);
    Counter unknown = counter(TOKENS_UNKNOWN, "Tokens that the vocabulary does not hold", tags);
    gauge(
        TOKENS_UNKNOWN_RATIO,
        "Unknown tokens by tokens since the start",
        tags,
        unknown,
        counter -> tokens.count() == 0 ? 0 : counter.count() / tokens.count());
    return new RouteMeters(
        balances.computeIfAbsent(route, this::balance),
        counter(EVENTS_IN, "Events that came in", tags),
        labelled(tags, labels),
        deadLettered(tags),
        summary(BATCH_ROWS, "Rows of a frame", tags, BATCH_SIZES),
        summary(BATCH_TOKENS, "Tokens of a frame", tags, BATCH_TOKEN_COUNTS),
        new RouteMeters.Latencies(
            timer(LATENCY_QUEUE, "From the poll until a frame's work begins", tags),
            timer(LATENCY_ENCODE, "Parsing and encoding a frame", tags),
            timer(LATENCY_INFERENCE, "The model's work on a frame", tags),
            timer(LATENCY_TOTAL, "From the poll until a frame was sent on", tags)),
        counter(INFERENCE_ERRORS, "Calls of the model that failed", tags),
        tokens,
        unknown);
  }

  /**
   * How far the route's texts are from the data of the model that it has from now on.
   *
   * @param reference what that is like
   * @return to be told of the texts; empty where the model tells nothing
   */
  public Optional<Drift> drift(String route, Reference reference) {
    AtomicReference<@Nullable Drift> current =
        drifts.computeIfAbsent(route, name -> new AtomicReference<>());
    if (reference.isNone()) {
      current.set(null);
      return Optional.empty();
    }
    Drift next = new Drift(reference);
    current.set(next);
    driftGauge(route, "unknown", current, Drift::unknown);
    driftGauge(route, "length", current, Drift::length);
    driftGauge(route, "score", current, Drift::score);
    driftGauge(route, "label", current, Drift::label);
    return Optional.of(next);
  }

  private void driftGauge(
      String route,
      String measure,
      AtomicReference<@Nullable Drift> current,
      ToDoubleFunction<Drift> index) {
    gauge(
        DRIFT,
        "Population stability index of the latest texts against the model's own data",
        Tags.of(ROUTE, route, MEASURE, measure),
        current,
        now -> {
          Drift drift = now.get();
          return drift == null ? Double.NaN : index.applyAsDouble(drift);
        });
  }

  private RouteMeters.Balance balance(String route) {
    RouteMeters.Balance balance = new RouteMeters.Balance();
    gauge(
        EVENTS_UNACCOUNTED,
        "Events under work, or without outcome",
        Tags.of(ROUTE, route),
        balance,
        RouteMeters.Balance::unaccounted);
    return balance;
  }

  /** The explanations of a route's labels; both counters show from now on. */
  public ExplanationMeters explanations(String route) {
    Tags tags = Tags.of(ROUTE, route);
    return new ExplanationMeters(
        counter(EXPLANATIONS, "Labels explained, or not", tags.and(OUTCOME, "given")),
        counter(EXPLANATIONS, "Labels explained, or not", tags.and(OUTCOME, "left-out")));
  }

  /** The meters of one model's stage; all of its counters show from now on, at 0. */
  public StageMeters stage(String model) {
    Tags tags = Tags.of(MODEL, model);
    DistributionSummary tokens =
        summary(STAGE_TOKENS, "Tokens of a call of the model", tags, BATCH_TOKEN_COUNTS);
    Counter computed =
        counter(STAGE_TOKENS_COMPUTED, "Token positions computed, padding included", tags);
    gauge(
        STAGE_PADDING_RATIO,
        "Padding by token positions computed since the start",
        tags,
        computed,
        counter -> counter.count() == 0 ? 0 : 1 - tokens.totalAmount() / counter.count());
    return new StageMeters(
        timer(STAGE_QUEUE, "From a frame's call until the model takes it up", tags),
        timer(STAGE_DEVICE, "A call of the model", tags),
        counter(STAGE_CALLS, "Calls of the model", tags.and(OUTCOME, "done")),
        counter(STAGE_CALLS, "Calls of the model", tags.and(OUTCOME, "failed")),
        summary(STAGE_ROWS, "Rows of a call of the model", tags, BATCH_SIZES),
        tokens,
        computed,
        stuck.computeIfAbsent(model, this::stuckGauge));
  }

  private AtomicInteger stuckGauge(String model) {
    AtomicInteger calls = new AtomicInteger();
    gauge(
        STAGE_STUCK,
        "Calls of the model that hang",
        Tags.of(MODEL, model),
        calls,
        AtomicInteger::doubleValue);
    return calls;
  }

  /** Shows whether a route's circuit breaker is open, until the registry is closed. */
  public void breaker(String route, BooleanSupplier open) {
    gauge(
        BREAKER_OPEN,
        "Whether the route's model fails for everything",
        Tags.of(ROUTE, route),
        open,
        isOpen -> isOpen.getAsBoolean() ? 1 : 0);
  }

  /** Shows whether the process labels events, until the registry is closed. */
  public void ready(BooleanSupplier ready) {
    gauge(
        READY,
        "Whether the process labels events now",
        Tags.empty(),
        ready,
        isReady -> isReady.getAsBoolean() ? 1 : 0);
  }

  /** Shows which model a route uses, from now on and in place of the one before. */
  public synchronized void model(
      String route, String model, String version, String network, String backend, String device) {
    Tags tags =
        Tags.of(
            ROUTE, route, MODEL, model, VERSION, version, NETWORK, network, BACKEND, backend,
            DEVICE, device);
    registry.find(MODEL_INFO).tag(ROUTE, route).meters().forEach(registry::remove);
    gauge(MODEL_INFO, "The model that a route uses", tags, registry, anything -> 1);
    modelExchanges(route, true);
    modelExchanges(route, false);
  }

  /** A model that was activated is in use, or is refused. */
  public void modelExchanged(String route, boolean well) {
    modelExchanges(route, well).increment();
  }

  private Counter modelExchanges(String route, boolean well) {
    Tags tags = Tags.of(ROUTE, route, OUTCOME, well ? "activated" : "refused");
    return counter(MODEL_EXCHANGES, "Models that were activated", tags);
  }

  /** The meters of one route's shadow; all of its counters show from now on, at 0. */
  public ShadowMeters shadow(String route) {
    Tags tags = Tags.of(ROUTE, route);
    Counter agreed = shadowEvents(tags, "agreed");
    Counter disagreed = shadowEvents(tags, "disagreed");
    gauge(
        SHADOW_AGREEMENT,
        "Events labelled alike by events compared since the start",
        tags,
        agreed,
        counter -> {
          double same = counter.count();
          double compared = same + disagreed.count();
          return compared == 0 ? 1 : same / compared;
        });
    return new ShadowMeters(
        agreed,
        disagreed,
        shadowEvents(tags, "failed"),
        shadowEvents(tags, "timed-out"),
        shadowEvents(tags, "skipped"),
        timer(SHADOW_LATENCY, "What a frame waits for the shadow", tags));
  }

  /** The meters of one route's trends; all of its counters show from now on, at 0. */
  public TrendMeters trends(String route) {
    Tags tags = Tags.of(ROUTE, route);
    AtomicLong groups = groupsKept.computeIfAbsent(route, name -> new AtomicLong());
    gauge(TREND_GROUPS, "Groups whose trends are kept", tags, groups, AtomicLong::get);
    return new TrendMeters(
        new TrendMeters.Events(
            trendEvents(tags, "counted"),
            trendEvents(tags, "late"),
            trendEvents(tags, "ahead"),
            trendEvents(tags, "without-group"),
            trendEvents(tags, "over-limit")),
        counter(TREND_WINDOWS, "Windows closed", tags),
        counter(ALERTS, "Alerts on groups", tags.and(OUTCOME, "begin")),
        counter(ALERTS, "Alerts on groups", tags.and(OUTCOME, "end")),
        groups);
  }

  private Counter trendEvents(Tags tags, String outcome) {
    return counter(TREND_EVENTS, "Labelled events in trends", tags.and(OUTCOME, outcome));
  }

  private Counter shadowEvents(Tags tags, String outcome) {
    return counter(SHADOW_EVENTS, "Events of the shadow's share", tags.and(OUTCOME, outcome));
  }

  /** A poll could not be packed into frames. */
  public void framingFailed() {
    framingFailures.increment();
  }

  private List<Counter> labelled(Tags tags, Labels labels) {
    return labels.names().stream()
        .map(label -> counter(EVENTS_LABELLED, "Events labelled", tags.and(LABEL, label)))
        .toList();
  }

  private Map<RejectionReason, Counter> deadLettered(Tags tags) {
    Map<RejectionReason, Counter> counters = new EnumMap<>(RejectionReason.class);
    for (RejectionReason reason : RejectionReason.values()) {
      Tags reasonTags = tags.and(REASON, reason.code());
      counters.put(reason, counter(EVENTS_DEAD_LETTERED, "Events dead-lettered", reasonTags));
    }
    return counters;
  }

  /** Without Micrometer's base unit: Prometheus would append it to names that say it already. */
  private Counter counter(String name, String description, Tags tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }

  private DistributionSummary summary(
      String name, String description, Tags tags, double[] buckets) {
    return DistributionSummary.builder(name)
        .description(description)
        .tags(tags)
        .serviceLevelObjectives(buckets)
        .register(registry);
  }

  private Timer timer(String name, String description, Tags tags) {
    return Timer.builder(name)
        .description(description)
        .tags(tags)
        .serviceLevelObjectives(LATENCIES)
        .register(registry);
  }

  private <T> void gauge(
      String name, String description, Tags tags, T source, ToDoubleFunction<T> value) {
    if (registry.find(name).tags(tags).gauge() != null) {
      return; // another model of the same name, or the same route, measures the same
    }
    Gauge.builder(name, source, value)
        .description(description)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }
}
