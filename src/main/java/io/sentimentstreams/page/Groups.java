package io.sentimentstreams.page;

import io.sentimentstreams.trend.Tally;
import io.sentimentstreams.trend.Trend;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The groups of the routes' trends that have the most events in their latest closed windows. It is
 * told of every window that is closed, and keeps some groups a route, however many there are.
 *
 * <p>Safe for use by several threads at once.
 */
public final class Groups {
  /** Of a route. */
  static final int MOST_SHOWN = 8;

  /** Of a route; more than are shown, since those at the top have no events at times. */
  static final int MOST_KEPT = 32;

  private static final String NEGATIVE = "negative";

  private final Map<String, OfRoute> routes = new TreeMap<>();

  /**
   * A group's latest closed window.
   *
   * @param start milliseconds since the epoch
   * @param end excluded
   * @param events labelled ones
   * @param score mean probability of the labels given
   * @param negative share of the label {@code negative}; null where no model knew it
   */
  public record Group(
      String route,
      String group,
      long start,
      long end,
      long events,
      double score,
      @Nullable Double negative) {

    private static Group of(String route, String group, Trend trend) {
      Tally tally = trend.tally();
      OptionalDouble score = tally.score();
      boolean knowsNegative = tally.balanced() > 0 || tally.events(NEGATIVE) > 0;
      return new Group(
          route,
          group,
          trend.start(),
          trend.end(),
          tally.events(),
          score.orElse(0),
          knowsNegative ? (double) tally.events(NEGATIVE) / tally.events() : null);
    }
  }

  /** A window of a group was closed. */
  public synchronized void closed(String route, String group, Trend trend) {
    if (trend.tally().events() > 0) {
      routes.computeIfAbsent(route, name -> new OfRoute()).add(Group.of(route, group, trend));
    }
  }

  /** By route; of each, those with the most events first. */
  public synchronized List<Group> top() {
    return routes.values().stream().flatMap(of -> of.top().stream()).toList();
  }

  private static final class OfRoute {
    private final Map<String, Group> kept = new HashMap<>();
    private long newestEnd = Long.MIN_VALUE;

    void add(Group next) {
      if (next.end() > newestEnd) {
        newestEnd = next.end();
        kept.values().removeIf(this::isPast);
      }
      Group before = kept.get(next.group());
      if (isPast(next) || (before != null && before.end() > next.end())) {
        return;
      }
      kept.put(next.group(), next);
      if (kept.size() > MOST_KEPT) {
        kept.remove(kept.values().stream().max(order()).orElseThrow().group());
      }
    }

    /** Tasks close their windows at times of their own: one that is behind has its groups still. */
    private boolean isPast(Group group) {
      return group.end() < newestEnd - (group.end() - group.start());
    }

    List<Group> top() {
      return kept.values().stream().sorted(order()).limit(MOST_SHOWN).toList();
    }

    private static Comparator<Group> order() {
      return Comparator.comparingLong(Group::events).reversed().thenComparing(Group::group);
    }
  }
}
