package io.sentimentstreams.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sentimentstreams.control.ControlState;
import io.sentimentstreams.control.InstanceReport;
import io.sentimentstreams.control.RouteReport;
import io.sentimentstreams.stream.ControlTopic;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** What the living instances answer to one record of the control topic. */
final class Answers {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Function<Duration, List<ControlTopic.Entry>> poll;
  private final ControlState state;
  private final String route;
  private final ControlTopic.Entry request;
  private final InstantSource clock;

  /**
   * @param poll waits for the topic's next records
   * @param state read so far
   * @param request the record that is answered
   * @param clock tells who has been silent for long
   */
  Answers(
      Function<Duration, List<ControlTopic.Entry>> poll,
      ControlState state,
      String route,
      ControlTopic.Entry request,
      InstantSource clock) {
    this.poll = poll;
    this.state = state;
    this.route = route;
    this.request = request;
    this.clock = clock;
  }

  /**
   * Waits until every living instance with that route has answered.
   *
   * @param nanos as {@link System#nanoTime}
   * @return false where the time was over first, there is no instance, or something else was asked
   *     for since, which instances may answer instead
   */
  boolean await(Duration time, LongSupplier nanos) {
    long began = nanos.getAsLong();
    while (!isComplete()) {
      if (isOutdated() || nanos.getAsLong() - began > time.toNanos()) {
        return false;
      }
      for (ControlTopic.Entry entry : poll.apply(POLL)) {
        add(entry);
      }
    }
    return true;
  }

  /** What comes after a complete answer is of no interest. */
  private void add(ControlTopic.Entry entry) {
    if (!isComplete()) {
      state.add(entry.offset(), entry.at(), entry.content());
    }
  }

  private boolean isOutdated() {
    ControlState.Wish last = state.wishes().get(route);
    return last != null && last.offset() > request.offset();
  }

  private boolean isComplete() {
    List<InstanceReport> living = living();
    return !living.isEmpty() && living.stream().allMatch(this::hasAnswered);
  }

  private List<InstanceReport> living() {
    return state.instances().stream()
        .filter(report -> report.isAlive(clock.instant()) && report.routes().containsKey(route))
        .toList();
  }

  private boolean hasAnswered(InstanceReport report) {
    return ofRoute(report).answers(request.offset(), request.at());
  }

  private RouteReport ofRoute(InstanceReport report) {
    return Objects.requireNonNull(report.routes().get(route));
  }

  /** Whether there is an instance, and each uses what was asked for. */
  boolean allWell() {
    return isComplete() && living().stream().allMatch(report -> ofRoute(report).refusal() == null);
  }

  void print(PrintStream out) {
    List<InstanceReport> living = living();
    if (living.isEmpty()) {
      out.println("No instance of the stream reports on this route.");
    }
    if (isOutdated()) {
      out.println("Something else was asked for since, and is answered instead.");
    }
    for (InstanceReport report : living) {
      RouteReport answer = ofRoute(report);
      String outcome =
          hasAnswered(report)
              ? answer.refusal() == null ? "uses it" : "refuses it: " + answer.refusal()
              : "has not answered";
      out.printf(
          "%s: %s (%s, version %s)%n",
          report.instance(), outcome, answer.model(), ModelsListCommand.brief(answer.version()));
    }
  }

  /** Instances with their outcome: {@code used}, {@code refused} or {@code none}. */
  void addTo(ArrayNode instances) {
    for (InstanceReport report : living()) {
      RouteReport answer = ofRoute(report);
      String outcome = hasAnswered(report) ? answer.refusal() == null ? "used" : "refused" : "none";
      instances
          .addObject()
          .put("instance", report.instance())
          .put("answer", outcome)
          .put("model", answer.model())
          .put("version", answer.version())
          .put("refusal", answer.refusal());
    }
  }
}
