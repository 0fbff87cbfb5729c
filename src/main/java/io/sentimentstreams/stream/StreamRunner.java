package io.sentimentstreams.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.metrics.Meters;
import io.sentimentstreams.model.TextClassifier;
import io.sentimentstreams.page.Groups;
import io.sentimentstreams.page.Samples;
import io.sentimentstreams.tracing.FrameTracer;
import io.sentimentstreams.tracing.SpanExport;
import io.sentimentstreams.web.Answer;
import io.sentimentstreams.web.Health;
import io.sentimentstreams.web.Query;
import io.sentimentstreams.web.Scoring;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the life of the stream: the models, loaded and warmed up before it is ready, the topology
 * and Kafka Streams. Used once: {@link #start()}, {@link #close}.
 */
public final class StreamRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamRunner.class);
  private static final Duration PREFLIGHT = Duration.ofSeconds(10);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  /** What a start that goes on gets at a stop. */
  private static final Duration LONGEST_LAUNCH = Duration.ofSeconds(5);

  /** What the last parts of a stop get where the first ones took all of its time. */
  private static final Duration SHORTEST_CLOSE = Duration.ofSeconds(1);

  private final StreamSettings settings;
  private final MeterRegistry registry;
  private final InstantSource clock;
  private final FailurePolicy failures;
  private final Meters meters;
  private final Samples samples;
  private final Groups groups = new Groups();
  private final @Nullable SpanExport spans;
  private final RouteModels models;
  private final Breakers breakers;
  private final NarrowFrames narrow = new NarrowFrames();
  private final Pauses pauses = new Pauses();
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** Guards moves from state to state; never held while anything is waited for. */
  private final Object moving = new Object();

  private final String instance = InstanceName.next(System.getenv(), new SecureRandom());
  private volatile StreamState state = StreamState.NEW;

  /** Starts the stream. Guarded by this, and so are the next two. */
  private @Nullable Thread launcher;

  /** No further step of the start is to be done. */
  private boolean closing;

  /** The start goes on after the end, with what it has loaded. */
  private boolean leftBehind;

  private boolean overdue;

  private @Nullable RouteCodecs codecs;
  private volatile @Nullable TopologyDescription description;
  private @Nullable ModelFollower follower;
  private volatile @Nullable KafkaStreams streams;
  private @Nullable KafkaStreamsMetrics streamsMetrics;

  /**
   * A runner with models of its caller's choice; it closes them.
   *
   * @param opener loads the model of a route; asked once for each folder
   */
  public StreamRunner(
      StreamSettings settings,
      Function<Route, ? extends Labeller> opener,
      MeterRegistry registry,
      InstantSource clock) {
    this.settings = settings;
    this.registry = registry;
    this.clock = clock;
    this.failures = new FailurePolicy(settings.threads(), clock, pauses::pause, new Random());
    this.meters = new Meters(registry);
    this.samples = samples(settings.http());
    this.spans =
        settings
            .tracing()
            .endpoint()
            .map(
                endpoint ->
                    SpanExport.to(
                        settings.applicationId(),
                        endpoint,
                        settings.tracing().sample(),
                        settings.batch().maximumRows()))
            .orElse(null);
    this.models = new RouteModels(settings, opener, meters, samples);
    this.breakers =
        new Breakers(
            settings.guard(),
            meters,
            new Consumption(),
            narrow,
            pauses,
            System::nanoTime,
            new Random());
  }

  private static Samples samples(HttpSettings http) {
    return new Samples(http.page() ? http.samples() : 0, System::nanoTime, new Random());
  }

  /** A runner that loads the routes' bundles. */
  public static StreamRunner of(StreamSettings settings, MeterRegistry registry) {
    return new StreamRunner(
        settings,
        route ->
            new ClassifierLabeller(
                TextClassifier.open(
                    route.model(),
                    settings.backend(),
                    settings.device(),
                    settings.stage().parallelism(settings.device(), settings.threads()))),
        registry,
        InstantSource.system());
  }

  /** As {@link #start(BooleanSupplier)}, and waits however long it takes. */
  public void start() throws InterruptedException {
    start(() -> false);
  }

  /**
   * Checks the broker and the topics, loads the models, and starts the threads. Returns as soon as
   * they run; {@link #ready} tells when they have their partitions.
   *
   * @param giveUp asked again and again: where it is true, this returns, and {@link #close} ends
   *     what has begun
   * @throws InvalidInputException for what the user can mend: a bundle, the broker's address,
   *     topics
   */
  public void start(BooleanSupplier giveUp) throws InterruptedException {
    FutureTask<Void> launch =
        new FutureTask<>(
            () -> {
              launch();
              return null;
            });
    Thread thread = new Thread(launch, "stream-start");
    // A model that hangs in its warm-up must not keep the process.
    thread.setDaemon(true);
    synchronized (this) {
      if (state() != StreamState.NEW) {
        throw new IllegalStateException("started already: " + state());
      }
      meters.ready(() -> ready().isUp());
      move(StreamState.CONNECTING);
      launcher = thread;
      thread.start();
    }
    await(launch, giveUp);
  }

  private static void await(FutureTask<Void> launch, BooleanSupplier giveUp)
      throws InterruptedException {
    while (!giveUp.getAsBoolean()) {
      try {
        launch.get(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException goesOn) {
        // Asked again.
      } catch (ExecutionException failure) {
        throw rethrown(failure.getCause());
      }
    }
  }

  private static RuntimeException rethrown(@Nullable Throwable cause) throws InterruptedException {
    if (cause instanceof RuntimeException exception) {
      return exception;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof InterruptedException) {
      throw new InterruptedException("the stream was closed while it started");
    }
    return new IllegalStateException("the stream does not start", cause);
  }

  private void launch() throws InterruptedException {
    try {
      Map<String, Object> properties = StreamProperties.of(settings, meters::framingFailed, narrow);
      StreamsConfig config = config(properties);
      Preflight.Findings found = new Preflight(settings, PREFLIGHT).check(config);
      requireWanted();
      RouteCodecs opened = openCodecs();
      move(StreamState.LOADING);
      models.load();
      requireWanted();
      models.place(found.limits(), opened::of, clock);
      follow();
      models.tell();
      Topology topology =
          SentimentTopology.build(
              settings.with(found.limits()),
              models::slot,
              breakers::guard,
              models::shadow,
              route -> trends(route, found),
              spans == null ? FrameTracer.NONE : spans,
              System::nanoTime);
      description = topology.describe();
      LOG.debug("{}", description);
      runIfWanted(topology, config);
    } finally {
      releaseIfLeft();
    }
  }

  private RouteCodecs openCodecs() throws InterruptedException {
    try {
      RouteCodecs opened = RouteCodecs.open(settings);
      synchronized (this) {
        codecs = opened;
      }
      return opened;
    } catch (InvalidInputException refused) {
      // Of a start that is given up, nothing is to be told.
      requireWanted();
      throw refused;
    }
  }

  /** Between the steps of the start. */
  private synchronized void requireWanted() throws InterruptedException {
    if (closing) {
      throw new InterruptedException("the stream was closed while it started");
    }
  }

  private synchronized void runIfWanted(Topology topology, StreamsConfig config)
      throws InterruptedException {
    requireWanted();
    run(streams(topology, config));
  }

  /** A start that {@link #close} did not wait for frees what it has loaded, late as it is. */
  private synchronized void releaseIfLeft() {
    if (leftBehind) {
      if (follower != null) {
        follower.stop();
      }
      closeFollower(SHORTEST_CLOSE);
      closeModels(SHORTEST_CLOSE);
      closeCodecs();
    }
  }

  private Optional<RouteTrends> trends(Route route, Preflight.Findings found) {
    Optional<TrendSettings> settled = Optional.ofNullable(route.trends());
    settled
        .flatMap(trends -> trends.rules().alert())
        .ifPresent(
            rule ->
                models.requireLabel(
                    route, "routes.%s.alertLabel".formatted(route.name()), rule.label()));
    return settled.map(
        trends ->
            new RouteTrends(trends, meters.trends(route.name()), found.inputs(route), groups));
  }

  /** What was activated is in use before the first event. */
  private void follow() throws InterruptedException {
    ModelFollower started =
        new ModelFollower(
            settings, instance, new ModelSwitch(settings, models, meters), clock, PREFLIGHT);
    follower = started;
    started.start();
  }

  private StreamsConfig config(Map<String, Object> properties) {
    try {
      StreamsConfig config = new StreamsConfig(properties);
      ClientConfigs.of(config);
      return config;
    } catch (ConfigException wrong) {
      throw Secrets.refusal("kafka.*", wrong, settings.kafka());
    }
  }

  /** Makes the clients of all threads; what they refuse is a setting of the user's. */
  private KafkaStreams streams(Topology topology, StreamsConfig config) {
    try {
      return new KafkaStreams(topology, config);
    } catch (KafkaException wrong) {
      throw Secrets.refusal("kafka.*", wrong, settings.kafka());
    }
  }

  private void run(KafkaStreams kafkaStreams) {
    streams = kafkaStreams;
    kafkaStreams.setUncaughtExceptionHandler(failures);
    kafkaStreams.setStateListener((now, before) -> changed(now));
    KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(kafkaStreams);
    streamsMetrics = metrics;
    metrics.bindTo(registry);
    kafkaStreams.start();
  }

  private void changed(KafkaStreams.State now) {
    switch (now) {
      case CREATED -> move(StreamState.CONNECTING);
      case REBALANCING -> move(StreamState.REBALANCING);
      case RUNNING -> move(StreamState.RUNNING);
      case PENDING_SHUTDOWN -> move(StreamState.STOPPING);
      case NOT_RUNNING -> ended(StreamState.STOPPED);
      case PENDING_ERROR -> move(StreamState.FAILED);
      case ERROR -> ended(StreamState.FAILED);
    }
    LOG.debug("{}", state());
  }

  private void ended(StreamState end) {
    move(end);
    stopped.countDown();
  }

  /** A stream that failed is closed afterwards; it has failed nevertheless. */
  private void move(StreamState next) {
    synchronized (moving) {
      if (state != StreamState.FAILED) {
        state = next;
      }
    }
  }

  /**
   * What labels the events of a route now; to be asked between {@link #start()} and {@link #close}.
   */
  public synchronized ModelInfo model(Route route) {
    return models.info(route);
  }

  /** Labels texts that are asked about, by the models that the routes have. */
  public Scoring scoring() {
    return new TextScorer(
        settings.routes(),
        models::lease,
        settings.limits().textBytes(),
        TextScorer.LONGEST,
        System::nanoTime);
  }

  /** Where the page has its events from. */
  public Samples samples() {
    return samples;
  }

  /** Where the page has the groups of the trends from. */
  public Groups groups() {
    return groups;
  }

  /** Records that wait for this instance, by {@code topic-partition}. */
  public Map<String, Long> lag() {
    KafkaStreams running = streams;
    return running == null ? Map.of() : PartitionLag.of(running.metrics(), settings.inputs());
  }

  /** The topology, as Kafka Streams describes it. */
  public Answer topology() {
    return ofTopology(Answer.TEXT, TopologyDescription::toString);
  }

  /** The topology as a picture. */
  public Answer topologyPicture() {
    return ofTopology(Answer.SVG, TopologyPicture::svg);
  }

  private Answer ofTopology(String type, Function<TopologyDescription, String> page) {
    TopologyDescription built = description;
    return built == null
        ? Answer.text(503, "The topology is built when the models are loaded.")
        : Answer.of(200, type, page.apply(built).strip());
  }

  /** Where the stream is in its life. */
  public StreamState state() {
    return state;
  }

  /** Whether events are being labelled. */
  public Health ready() {
    List<String> reasons = new ArrayList<>();
    StreamState now = state();
    if (now != StreamState.RUNNING) {
      reasons.add(reason());
    }
    reasons.addAll(breakers.reasons());
    KafkaStreams running = streams;
    if (now == StreamState.RUNNING && running != null) {
      new BrokerWatch(settings.kafka()).silence(running.metrics()).ifPresent(reasons::add);
    }
    return new Health(reasons);
  }

  /** What is known of a route's groups. */
  public Answer trends(Query query) {
    return new TrendView(settings).answer(streams, query);
  }

  /** Whether the process is of use, or must be restarted. */
  public Health live() {
    return state().isAlive() ? Health.up() : Health.down(reason());
  }

  private String reason() {
    return failure()
        .map(cause -> "%s: %s".formatted(state().description(), Causes.deepestMessage(cause)))
        .orElseGet(() -> state().description());
  }

  /** What made the stream stop by itself. */
  public Optional<Throwable> failure() {
    return failures.fatal();
  }

  /**
   * Waits until the stream has stopped, by {@link #close} or by a failure.
   *
   * @return false where the time was over first
   */
  public boolean awaitStopped(Duration time) throws InterruptedException {
    return stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Ends the work under way, commits, leaves the group and frees the models. A start that goes on
   * has nothing to commit: it is interrupted, and soon waited for no longer.
   */
  @Override
  public void close() {
    long began = System.nanoTime();
    // Those that wait to try again would hold the end up.
    pauses.close();
    breakers.close();
    Thread starting = launcher();
    if (starting != null && !hasEnded(starting)) {
      LOG.warn(
          "The start goes on: a model is being loaded or warmed up, or the broker is silent; it is not waited for");
      ended(StreamState.STOPPED);
      return;
    }
    closeStarted(began);
  }

  /** The thread that starts the stream, from now on told not to; null where there is none. */
  private synchronized @Nullable Thread launcher() {
    closing = true;
    return launcher;
  }

  private boolean hasEnded(Thread starting) {
    starting.interrupt();
    try {
      Duration most = settings.closeTimeout();
      starting.join((most.compareTo(LONGEST_LAUNCH) < 0 ? most : LONGEST_LAUNCH).toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      leftBehind = starting.isAlive();
      return !leftBehind;
    }
  }

  private synchronized void closeStarted(long began) {
    if (follower != null) {
      follower.stop();
    }
    boolean ended = closeStreams();
    if (spans != null) {
      spans.close();
    }
    if (streamsMetrics != null) {
      streamsMetrics.close();
      streamsMetrics = null;
    }
    // Threads that still compute must not find the models' native memory freed, nor the one that
    // loads another model its place gone.
    if (closeFollower(left(began)) && ended) {
      closeModels(left(began));
    }
    closeCodecs();
    ended(StreamState.STOPPED);
  }

  private synchronized void closeCodecs() {
    if (codecs != null) {
      codecs.close();
      codecs = null;
    }
  }

  /** What a stop may still take. */
  private Duration left(long beganNanos) {
    Duration left = settings.closeTimeout().minusNanos(System.nanoTime() - beganNanos);
    return left.compareTo(SHORTEST_CLOSE) < 0 ? SHORTEST_CLOSE : left;
  }

  private boolean closeFollower(Duration time) {
    ModelFollower last = follower;
    follower = null;
    return last == null || last.close(time);
  }

  private void closeModels(Duration time) {
    try {
      models.close(time);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether {@link #close} ended the stream within its time, with all work committed. */
  public synchronized boolean stoppedInTime() {
    return !overdue;
  }

  private boolean closeStreams() {
    KafkaStreams running = streams;
    if (running == null) {
      return true;
    }
    boolean ended = running.close(leaving(settings.closeTimeout()));
    if (!ended) {
      overdue = true;
      LOG.warn(
          "The stream did not stop within {} s (closeTimeout); what it had not committed is worked on again",
          settings.closeTimeout().toSeconds());
    }
    return ended;
  }

  /**
   * Unless told to leave, the group would wait for this member's session to end before it gives the
   * partitions to another, or to this application started anew. A static member is one that the
   * group is to wait for.
   */
  private CloseOptions leaving(Duration timeout) {
    return CloseOptions.timeout(timeout)
        .withGroupMembershipOperation(
            StreamProperties.isStaticMember(settings)
                ? GroupMembershipOperation.REMAIN_IN_GROUP
                : GroupMembershipOperation.LEAVE_GROUP);
  }

  /** What open breakers do to Kafka Streams. They open only while it runs. */
  private final class Consumption implements Breakers.Consumption {
    @Override
    public void pause() {
      Objects.requireNonNull(streams).pause();
    }

    @Override
    public void resume() {
      Objects.requireNonNull(streams).resume();
    }

    @Override
    public void stop(Throwable cause) {
      failures.stopBy(cause);
      move(StreamState.FAILED);
      Objects.requireNonNull(streams).close(leaving(Duration.ZERO));
    }
  }
}
