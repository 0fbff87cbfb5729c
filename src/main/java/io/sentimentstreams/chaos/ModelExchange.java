package io.sentimentstreams.chaos;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges the route's model: by an activation, or in the settings file with a rolling restart.
 * What is activated wins over the file, so a rolling restart begins by taking it back: all
 * instances use the file's model then, and change to the new one each with its restart.
 *
 * <p>One exchange at a time. To be used by one thread.
 */
final class ModelExchange {
  /** A rolling restart that has not come to its end by then is given up. */
  private static final Duration MOST = Duration.ofMinutes(4);

  private final List<ChaosModel> models;
  private final Deployment deployment;
  private final Operator operator;
  private final Recovery recovery;
  private final InstantSource clock;
  private int inFile;
  private int inUse;
  private @Nullable CompletableFuture<Instant> asked;
  private @Nullable Rollout rollout;
  private boolean rolls;

  /**
   * The first model is the one that the settings file names.
   *
   * @param models one or more
   */
  ModelExchange(
      List<ChaosModel> models,
      Deployment deployment,
      Operator operator,
      Recovery recovery,
      InstantSource clock) {
    this.models = List.copyOf(models);
    this.deployment = deployment;
    this.operator = operator;
    this.recovery = recovery;
    this.clock = clock;
  }

  /** Whether an exchange is under way. */
  boolean isBusy() {
    return asked != null || rollout != null;
  }

  /** Counts an exchange that is under way as not recovered from. */
  void giveUp() {
    if (isBusy()) {
      recovery.giveUp(rolls ? FaultKind.ROLLING_RESTART : FaultKind.ACTIVATION);
    }
  }

  /** Begins to have another model activated. */
  void activate() {
    rolls = false;
    inUse = after(inUse);
    asked = operator.activate(models.get(inUse));
  }

  /** Begins a rolling restart with another model in the settings file. */
  void roll() {
    rolls = true;
    asked = operator.deactivate();
  }

  /** Goes on with what is under way; to be called again and again. */
  void lookAfter(long now) {
    CompletableFuture<Instant> current = asked;
    if (current != null && current.isDone()) {
      asked = null;
      Instant at = current.join();
      if (rolls) {
        inFile = after(inFile);
        inUse = inFile;
        deployment.configure(models.get(inUse).folder());
        rollout = new Rollout(deployment.instances(), at, now);
      } else {
        recovery.exchange(FaultKind.ACTIVATION, at, at, models.get(inUse).version());
      }
    }
    if (rollout != null && rollout.isOver(now)) {
      rollout = null;
    }
  }

  private int after(int model) {
    return (model + 1) % models.size();
  }

  /** All instances are stopped and started anew, each when the one before is up again. */
  private final class Rollout {
    private final Deque<Member> left;
    private final Instant begun;
    private final long deadline;
    private @Nullable Member current;
    private int startsBefore;
    private @Nullable Instant stopped;

    Rollout(List<Member> instances, Instant begun, long now) {
      this.left = new ArrayDeque<>(instances);
      this.begun = begun;
      this.deadline = now + MOST.toNanos();
    }

    boolean isOver(long now) {
      if (now - deadline > 0) {
        recovery.giveUp(FaultKind.ROLLING_RESTART);
        return true;
      }
      if (current != null && !isUpAgain(current)) {
        return false;
      }
      current = null;
      left.removeIf(Member::isGone);
      Member next = left.peek();
      if (next == null) {
        tellLast();
        return true;
      }
      if (next.isRunning()) {
        stop(left.remove(), now);
      }
      return false;
    }

    private void stop(Member next, long now) {
      current = next;
      startsBefore = next.starts();
      next.stop(now);
      stopped = clock.instant();
      if (left.stream().allMatch(Member::isGone)) {
        tellLast();
      }
    }

    /** Once the last one that is there was stopped; those behind it may leave later. */
    private void tellLast() {
      if (stopped != null) {
        recovery.exchange(FaultKind.ROLLING_RESTART, begun, stopped, models.get(inUse).version());
        stopped = null;
      }
    }

    private boolean isUpAgain(Member member) {
      return member.isGone()
          || (member.starts() > startsBefore && member.hasSaid(FaultInjector.STARTED));
    }
  }
}
