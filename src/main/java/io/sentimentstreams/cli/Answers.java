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
import java.util.function.LongSupplier;

/** What the living instances answer to one record of the control topic. */
final class Answers {
  private static final Duration POLL = Duration.ofMillis(200);

  private final ControlTopic topic;
  private final ControlState state;
  private final String route;
  private final long offset;
  private final InstantSource clock;

  /**
   * @param state read so far
   * @param offset of the record that is answered
   * @param clock tells who has been silent for long
   */
  Answers(ControlTopic topic, ControlState state, String route, long offset, InstantSource clock) {
    this.topic = topic;
    this.state = state;
    this.route = route;
    this.offset = offset;
    this.clock = clock;
  }

  /**
   * Waits until every living instance with that route has answered.
   *
   * @param nanos as {@link System#nanoTime}
   * @return false where the time was over first, or there is no instance
   */
  boolean await(Duration time, LongSupplier nanos) {
    long began = nanos.getAsLong();
    while (!isComplete()) {
      if (nanos.getAsLong() - began > time.toNanos()) {
        return false;
      }
      topic.poll(POLL).forEach(entry -> state.add(entry.offset(), entry.content()));
    }
    return true;
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
    return ofRoute(report).answers() >= offset;
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
