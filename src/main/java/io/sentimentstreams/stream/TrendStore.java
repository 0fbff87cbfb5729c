package io.sentimentstreams.stream;

import io.sentimentstreams.trend.GroupPanes;
import io.sentimentstreams.trend.StreamTime;
import io.sentimentstreams.trend.TrendBytes;
import io.sentimentstreams.trend.TrendMerge;
import io.sentimentstreams.trend.Windows;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The groups of one partition as a store of Kafka Streams keeps them. No group is empty, so that
 * there is room for the progress.
 */
record TrendStore(KeyValueStore<String, byte[]> store) implements TrendMerge.Store {
  private static final String PROGRESS = "";

  static Optional<GroupPanes> group(ReadOnlyKeyValueStore<String, byte[]> store, String group) {
    return group.equals(PROGRESS)
        ? Optional.empty()
        : Optional.ofNullable(store.get(group)).map(TrendBytes::group);
  }

  /** The end of the last window that is closed. */
  static long closedEnd(ReadOnlyKeyValueStore<String, byte[]> store, Windows windows) {
    return windows.closedEnd(
        progress(store).map(TrendMerge.Progress::time).orElse(StreamTime.UNKNOWN));
  }

  /** Shows what an iterator over a store has left. */
  static void forEach(KeyValueIterator<String, byte[]> all, TrendMerge.Visitor visitor) {
    while (all.hasNext()) {
      KeyValue<String, byte[]> one = all.next();
      if (!one.key.equals(PROGRESS)) {
        visitor.visit(one.key, TrendBytes.group(one.value));
      }
    }
  }

  private static Optional<TrendMerge.Progress> progress(
      ReadOnlyKeyValueStore<String, byte[]> store) {
    return Optional.ofNullable(store.get(PROGRESS)).map(TrendBytes::progress);
  }

  @Override
  public @Nullable GroupPanes get(String group) {
    return group(store, group).orElse(null);
  }

  @Override
  public void put(String group, GroupPanes panes) {
    store.put(group, TrendBytes.of(panes));
  }

  @Override
  public void delete(String group) {
    store.delete(group);
  }

  @Override
  public void forEach(TrendMerge.Visitor visitor) {
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      forEach(all, visitor);
    }
  }

  @Override
  public Optional<TrendMerge.Progress> progress() {
    return progress(store);
  }

  @Override
  public void put(TrendMerge.Progress progress) {
    store.put(PROGRESS, TrendBytes.of(progress));
  }
}
