package io.sentimentstreams.trend;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A store that holds bytes, as a real one does, and a list of what was told. */
final class TrendMergeRig implements TrendMerge.Store, TrendMerge.Listener {
  final Map<String, byte[]> groups = new TreeMap<>();
  private byte @Nullable [] progress;

  final List<Map.Entry<String, Trend>> closed = new ArrayList<>();
  final List<Map.Entry<String, Alert>> alerts = new ArrayList<>();
  long inTime;
  long late;
  long overLimit;

  @Override
  public @Nullable GroupPanes get(String group) {
    byte[] bytes = groups.get(group);
    return bytes == null ? null : TrendBytes.group(bytes);
  }

  @Override
  public void put(String group, GroupPanes panes) {
    groups.put(group, TrendBytes.of(panes));
  }

  @Override
  public void delete(String group) {
    groups.remove(group);
  }

  @Override
  public void forEach(TrendMerge.Visitor visitor) {
    groups.forEach((group, bytes) -> visitor.visit(group, TrendBytes.group(bytes)));
  }

  @Override
  public Optional<TrendMerge.Progress> progress() {
    return Optional.ofNullable(progress).map(TrendBytes::progress);
  }

  @Override
  public void put(TrendMerge.Progress now) {
    progress = TrendBytes.of(now);
  }

  @Override
  public void closed(String group, Trend trend) {
    closed.add(Map.entry(group, trend));
  }

  @Override
  public void alert(String group, Alert alert) {
    alerts.add(Map.entry(group, alert));
  }

  @Override
  public void counted(long timely, long tooLate, long beyondLimit) {
    inTime += timely;
    late += tooLate;
    overLimit += beyondLimit;
  }
}
