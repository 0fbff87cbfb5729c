package io.sentimentstreams.trend;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Merges partial tallies of many sources to trends: a window is told once, when time has passed its
 * end by the grace. What a store keeps is all that it goes by after a restart, apart from which
 * sources are idle.
 *
 * <p>For one thread.
 */
public final class TrendMerge {
  private final TrendRules rules;
  private final Store store;
  private final Listener listener;
  private final StreamTime time;
  private long closedEnd;
  private int groups;

  /** Goes on from what the store holds. */
  public TrendMerge(TrendRules rules, Store store, Listener listener, StreamTime time) {
    this.rules = rules;
    this.store = store;
    this.listener = listener;
    this.time = time;
    Optional<Progress> progress = store.progress();
    progress.ifPresent(before -> time.restore(before.reached(), before.time()));
    this.closedEnd = rules.windows().closedEnd(time.time());
    store.forEach((group, panes) -> groups++);
  }

  /** Events of a group and a pane, counted in a source; {@code now} is the clock's. */
  public void add(String group, PartialTally partial, long now) {
    time.heard(partial.source(), now);
    advance(now);
    Windows windows = rules.windows();
    long pane = partial.pane();
    long events = partial.tally().events();
    boolean late = closes(pane + windows.advanceMillis());
    if (closes(pane + windows.sizeMillis())) {
      listener.counted(0, events, 0);
      return;
    }
    GroupPanes before = store.get(group);
    if (before == null) {
      if (groups >= rules.maximumGroups()) {
        listener.counted(0, 0, events);
        return;
      }
      groups++;
    }
    GroupPanes after = (before == null ? GroupPanes.EMPTY : before).plus(pane, partial.tally());
    store.put(group, judged(group, after));
    listener.counted(late ? 0 : events, late ? events : 0, 0);
  }

  /** A source has events of this time. */
  public void reached(String source, long eventTime, long now) {
    time.reached(source, eventTime, now);
    if (!advance(now)) {
      remember();
    }
  }

  /** The clock has gone on. */
  public void tick(long now) {
    advance(now);
  }

  /** How many groups there are. */
  public int groups() {
    return groups;
  }

  private boolean closes(long end) {
    return end <= closedEnd;
  }

  private void remember() {
    store.put(new Progress(time.reached(), time.time()));
  }

  /**
   * Closes what time has passed, and remembers with it how far time has come: else a restart would
   * close it again. False where there is nothing to close.
   */
  private boolean advance(long now) {
    long through = rules.windows().closedEnd(time.time(now));
    if (through <= closedEnd) {
      return false;
    }
    List<Map.Entry<String, GroupPanes>> all = new ArrayList<>();
    store.forEach((group, panes) -> all.add(Map.entry(group, panes)));
    long after = closedEnd;
    closedEnd = through;
    all.forEach(entry -> close(entry.getKey(), entry.getValue(), after));
    remember();
    return true;
  }

  private void close(String group, GroupPanes panes, long after) {
    Windows windows = rules.windows();
    panes.windows(windows, after, closedEnd).forEach(trend -> listener.closed(group, trend));
    GroupPanes rest = panes.after(closedEnd, windows);
    if (rest.isEmpty()) {
      rest.raisedSince().ifPresent(since -> end(group, since, null));
      store.delete(group);
      groups--;
    } else if (rest.panes().size() < panes.panes().size()) {
      store.put(group, rest);
    }
  }

  private GroupPanes judged(String group, GroupPanes panes) {
    Optional<AlertRule> rule = rules.alert();
    if (rule.isEmpty()) {
      return panes;
    }
    Trend newest = panes.newest(rules.windows());
    Optional<Alert.Kind> change = rule.get().judge(panes.raisedSince().isPresent(), newest.tally());
    if (change.isEmpty()) {
      return panes;
    }
    if (change.get() == Alert.Kind.END) {
      end(group, panes.raisedSince().orElseThrow(), newest);
      return panes.raised(OptionalLong.empty());
    }
    listener.alert(group, new Alert(Alert.Kind.BEGIN, rule.get(), newest.end(), newest));
    return panes.raised(OptionalLong.of(newest.end()));
  }

  /** Where no rule is left, its settings have changed since the alert began: nobody is told. */
  private void end(String group, long since, @Nullable Trend window) {
    rules
        .alert()
        .ifPresent(rule -> listener.alert(group, new Alert(Alert.Kind.END, rule, since, window)));
  }

  /** Where a merge keeps all that it knows. */
  public interface Store {
    @Nullable GroupPanes get(String group);

    void put(String group, GroupPanes panes);

    void delete(String group);

    void forEach(Visitor visitor);

    Optional<Progress> progress();

    void put(Progress progress);
  }

  /** Is shown each group. */
  @FunctionalInterface
  public interface Visitor {
    void visit(String group, GroupPanes panes);
  }

  /** Is told what comes of it. */
  public interface Listener {
    /** A window is closed, and told once. */
    void closed(String group, Trend trend);

    void alert(String group, Alert alert);

    /**
     * Events have come.
     *
     * @param inTime are in all of their windows
     * @param late miss one or all of theirs, which were closed
     * @param overLimit belong to a group more than may be
     */
    void counted(long inTime, long late, long overLimit);
  }

  /**
   * How far events have come.
   *
   * @param reached in each source
   * @param time in all together
   */
  public record Progress(Map<String, Long> reached, long time) {
    public Progress {
      reached = Map.copyOf(reached);
    }
  }
}
