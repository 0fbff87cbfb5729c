package io.sentimentstreams.control;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What holds after the records of the control topic that were read so far. Not thread-safe. */
public final class ControlState {
  private final Map<String, Wish> wishes = new TreeMap<>();
  private final Map<String, InstanceReport> instances = new TreeMap<>();

  /**
   * What is asked for of a route.
   *
   * @param offset of the record that asks
   * @param at the record's time
   * @param activation empty where the model of the settings is asked for again
   */
  public record Wish(long offset, Instant at, Optional<Activation> activation) {}

  /** Adds the next record, with its offset and time. */
  public void add(long offset, Instant at, ControlRecord next) {
    if (next instanceof ControlRecord.Activated activated) {
      wishes.put(activated.route(), new Wish(offset, at, Optional.of(activated.activation())));
    } else if (next instanceof ControlRecord.Deactivated deactivated) {
      wishes.put(deactivated.route(), new Wish(offset, at, Optional.empty()));
    } else if (next instanceof ControlRecord.Reported reported) {
      instances.put(reported.report().instance(), reported.report().readAt(offset));
    } else if (next instanceof ControlRecord.Ended ended) {
      instances.remove(ended.instance());
    }
  }

  /** What is asked for, by route. */
  public Map<String, Wish> wishes() {
    return Collections.unmodifiableMap(wishes);
  }

  /** The reports of all instances that have not said goodbye, dead ones included. */
  public Collection<InstanceReport> instances() {
    return Collections.unmodifiableCollection(instances.values());
  }

  /**
   * What a new activation of a route falls back to: the one before, unless every instance that
   * answered has refused it; then the one before that.
   */
  public Optional<Activation> fallback(String route) {
    Wish wish = wishes.get(route);
    if (wish == null) {
      return Optional.empty();
    }
    return wish.activation()
        .flatMap(
            activation ->
                isRefused(route, wish)
                    ? Optional.ofNullable(activation.previous())
                    : Optional.of(activation));
  }

  private boolean isRefused(String route, Wish wish) {
    Collection<RouteReport> answers =
        instances.values().stream()
            .map(report -> report.routes().get(route))
            .filter(report -> report != null && report.answers(wish.offset(), wish.at()))
            .toList();
    return !answers.isEmpty() && answers.stream().allMatch(answer -> answer.refusal() != null);
  }
}
