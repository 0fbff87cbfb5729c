package io.sentimentstreams.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.micrometer.core.instrument.MeterRegistry;
import io.sentimentstreams.web.Answer;
import io.sentimentstreams.web.Health;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page at {@code /}, and the events that keep it up to date at {@code /events}. Two threads of
 * its own make the events; the stream only gives samples.
 */
public final class Page implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Page.class);

  private static final Feed.Limits LIMITS = new Feed.Limits(32, 128, 60, Duration.ofSeconds(15));

  /** Words are told in a tenth of one thread's time at most. */
  private static final int REST = 9;

  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Source source;
  private final Document document = Document.load();
  private final Duty duty = new Duty(REST, System::nanoTime);
  private final Feed feed;
  private final StateReader states;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread ticker = daemon(this::tick, "page-state");
  private final Thread sampler = daemon(this::passSamplesOn, "page-samples");

  /**
   * What the page shows.
   *
   * @param instance tells this process from one before: letters and digits
   * @param samples null where no events are to be shown
   * @param words which words moved a label; asked only while somebody looks
   * @param lag records that wait, by {@code topic-partition}
   * @param groups of the trends, where routes have some
   * @param links paths of this server that the page leads to
   */
  public record Source(
      String instance,
      MeterRegistry meters,
      @Nullable Samples samples,
      Words words,
      Supplier<Health> live,
      Supplier<Health> ready,
      Supplier<Map<String, Long>> lag,
      Groups groups,
      List<String> links) {
    public Source {
      links = List.copyOf(links);
    }
  }

  private Page(Source source) {
    this.source = source;
    this.feed = new Feed(source.instance(), LIMITS);
    this.states =
        new StateReader(
            source.meters(),
            new StateReader.Source(source.live(), source.ready(), source.lag(), source.groups()),
            InstantSource.system(),
            System::nanoTime);
  }

  /** Starts to watch. */
  public static Page open(Source source) {
    Page page = new Page(source);
    page.ticker.start();
    page.sampler.start();
    return page;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** What answers requests, by path. */
  public Map<String, HttpHandler> handlers() {
    return Map.of("/", this::serve, "/events", this::listen);
  }

  private void serve(HttpExchange exchange) throws IOException {
    if (!isGet(exchange)) {
      return;
    }
    exchange.getResponseHeaders().set("Content-Security-Policy", document.policy());
    exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
    Answer.of(200, Answer.HTML, document.html()).send(exchange);
  }

  private void listen(HttpExchange exchange) throws IOException {
    if (isGet(exchange) && !feed.accept(exchange, this::greeting)) {
      exchange.getResponseHeaders().set("Retry-After", "10");
      Answer.text(503, "Too many pages are open, or the process ends.").send(exchange);
    }
  }

  private static boolean isGet(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("GET")) {
      return true;
    }
    exchange.getResponseHeaders().set("Allow", "GET");
    Answer.text(405, "Method not allowed. There is: GET").send(exchange);
    return false;
  }

  private String greeting(Feed.Coming coming) {
    return new Message.Hello(
            coming == Feed.Coming.AGAIN, source.samples() != null, source.links(), states.seconds())
        .json();
  }

  private void tick() {
    try {
      do {
        tellState();
      } while (!closed.await(1, TimeUnit.SECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void tellState() {
    try {
      State state = states.read();
      if (feed.listeners() > 0) {
        feed.publish("state", new Message.Tick(state, states.lastSecond()).json());
      }
    } catch (RuntimeException failure) {
      // Thrown, it would be the last one.
      LOG.warn("The page misses a second", failure);
    }
  }

  private void passSamplesOn() {
    Samples samples = source.samples();
    try {
      while (samples != null && !Thread.currentThread().isInterrupted()) {
        Sample sample = samples.take(LOOK_AGAIN);
        if (sample != null) {
          pass(sample);
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(Sample sample) {
    if (sample instanceof Sample.Labelled labelled) {
      feed.publishKept("event", Message.Event.of(labelled, words(labelled)).json());
    } else if (sample instanceof Sample.Dead dead) {
      feed.publishKept(
          "letter",
          new Message.Letter(dead.route(), dead.place(), dead.reason(), dead.detail()).json());
    }
  }

  private @Nullable List<Word> words(Sample.Labelled sample) {
    if (feed.listeners() == 0 || !sample.isWhole() || !duty.isDue()) {
      return null;
    }
    try {
      return duty.work(() -> source.words().of(sample));
    } catch (RuntimeException failure) {
      LOG.debug("The words of an event cannot be told", failure);
      return null;
    }
  }

  /** Ends all connections and the threads. */
  @Override
  public void close() {
    feed.close();
    closed.countDown();
    sampler.interrupt();
    try {
      // It may be asking the model, which is closed after this.
      sampler.join(PATIENCE.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
