package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.control.ControlRecord;
import io.sentimentstreams.control.ControlState;
import io.sentimentstreams.control.InstanceReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the control topic on a thread of its own: has the models exchanged that it asks for, and
 * reports there which ones this instance uses. A broker that is away is waited for; labelling does
 * not depend on it.
 */
final class ModelFollower {
  private static final Logger LOG = LoggerFactory.getLogger(ModelFollower.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** What an instance that did not say goodbye leaves is removed after so long. */
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  private final StreamSettings settings;
  private final String instance;
  private final ModelSwitch models;
  private final InstantSource clock;
  private final Duration patience;
  private final CountDownLatch stop = new CountDownLatch(1);
  private ControlState state = new ControlState();
  private Instant reportedAt = Instant.MIN;

  /** What was reported last, null for nothing. */
  private @Nullable InstanceReport reported;

  /** Closed by the thread that follows it, or where there is none by whoever ends this. */
  private volatile @Nullable ControlTopic topic;

  private @Nullable Thread thread;

  /**
   * @param instance name of this process among all that report
   * @param patience how long the broker may take to answer
   */
  ModelFollower(
      StreamSettings settings,
      String instance,
      ModelSwitch models,
      InstantSource clock,
      Duration patience) {
    this.settings = settings;
    this.instance = instance;
    this.models = models;
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * Does what the control topic asks for now, and follows it from then on.
   *
   * @throws InvalidInputException where the topic cannot be read: nobody knows then which model is
   *     asked for
   */
  void start() throws InterruptedException {
    ControlTopic opened = ControlTopic.open(settings, patience).orElse(null);
    if (opened == null) {
      return;
    }
    topic = opened;
    add(opened.readToEnd());
    models.follow(state.wishes());
    forget(opened);
    report(opened);
    Thread follower = new Thread(this::run, "models");
    follower.setDaemon(true);
    thread = follower;
    follower.start();
  }

  private void run() {
    try {
      followOn();
    } finally {
      leave();
    }
  }

  private void followOn() {
    boolean told = false;
    while (isWanted()) {
      try {
        ControlTopic current = topic == null ? reopened() : topic;
        if (current != null) {
          follow(current);
          told = false;
        }
      } catch (WakeupException end) {
        return;
      } catch (InterruptedException end) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException failure) {
        if (!told) {
          LOG.warn(
              "Topic {} cannot be followed, and is tried again; the models stay as they are: {}",
              settings.controlTopic(),
              Causes.deepestMessage(failure));
          told = true;
        }
        abandon();
      }
    }
  }

  private void follow(ControlTopic current) {
    add(current.poll(POLL));
    current.requireThere();
    boolean changed = followWhileAlive(current);
    if (changed || !reportedAt.plus(InstanceReport.EVERY).isAfter(clock.instant())) {
      report(current);
    }
  }

  /** Loading may take longer than a silent instance counts as alive: it goes on to report. */
  private boolean followWhileAlive(ControlTopic current) {
    InstanceReport last = reported;
    if (models.hasAnswered(state.wishes())) {
      return false;
    }
    if (last == null) {
      return models.follow(state.wishes());
    }
    Heartbeat heartbeat =
        new Heartbeat(() -> current.tell(new ControlRecord.Reported(last.at(clock.instant()))));
    try {
      return models.follow(state.wishes());
    } finally {
      heartbeat.close();
    }
  }

  private void add(List<ControlTopic.Entry> entries) {
    entries.forEach(entry -> state.add(entry.offset(), entry.at(), entry.content()));
  }

  private void report(ControlTopic current) {
    reportedAt = clock.instant();
    InstanceReport report =
        new InstanceReport(instance, settings.applicationId(), reportedAt, models.report());
    reported = report;
    current.tell(new ControlRecord.Reported(report));
  }

  private void forget(ControlTopic current) {
    Instant old = clock.instant().minus(FORGOTTEN);
    for (InstanceReport report : state.instances()) {
      if (report.at().isBefore(old)) {
        current.tell(new ControlRecord.Ended(report.instance()));
      }
    }
  }

  /** Read from the beginning again: what is answered already is not done twice. */
  private @Nullable ControlTopic reopened() throws InterruptedException {
    if (stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
      return null;
    }
    ControlTopic opened = ControlTopic.open(settings, patience).orElse(null);
    if (opened != null) {
      Set<String> before = state.wishes().keySet();
      state = new ControlState();
      topic = opened;
      add(opened.readToEnd());
      tellForgotten(before);
    }
    return opened;
  }

  /** A topic that was deleted and made anew says nothing of what was activated. */
  private void tellForgotten(Set<String> before) {
    Set<String> forgotten = new TreeSet<>(before);
    forgotten.removeAll(state.wishes().keySet());
    if (!forgotten.isEmpty()) {
      LOG.warn(
          "Topic {} has lost what was asked for of {}: the models stay as they are until the next start, which takes those of the settings; activate them again",
          settings.controlTopic(),
          forgotten);
    }
  }

  private void abandon() {
    ControlTopic broken = topic;
    topic = null;
    if (broken != null) {
      close(broken);
    }
  }

  private static void close(ControlTopic topic) {
    try {
      topic.close();
    } catch (KafkaException failure) {
      LOG.debug("The clients of the control topic did not close well", failure);
    }
  }

  private boolean isWanted() {
    return stop.getCount() > 0;
  }

  /** Ends the following, once a model that is being loaded is, and does not wait for that. */
  void stop() {
    stop.countDown();
    ControlTopic last = topic;
    if (last != null) {
      last.wakeUp();
    }
  }

  /**
   * Waits until the following has ended, after {@link #stop}.
   *
   * @param time to wait, more than 0
   * @return false where it goes on: a model is still being loaded, or the broker does not answer
   */
  boolean close(Duration time) {
    Thread follower = thread;
    if (follower == null) {
      leave();
      return true;
    }
    try {
      follower.join(time.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    if (follower.isAlive()) {
      LOG.warn("A model is still being loaded, or the broker is silent; neither is waited for");
    }
    return !follower.isAlive();
  }

  /** Says goodbye on the topic. */
  private void leave() {
    ControlTopic last = topic;
    if (last != null) {
      topic = null;
      try {
        last.tell(new ControlRecord.Ended(instance));
      } finally {
        close(last);
      }
    }
  }
}
