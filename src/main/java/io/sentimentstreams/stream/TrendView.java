package io.sentimentstreams.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sentimentstreams.trend.GroupPanes;
import io.sentimentstreams.trend.Trend;
import io.sentimentstreams.trend.TrendWriter;
import io.sentimentstreams.trend.Windows;
import io.sentimentstreams.web.Answer;
import io.sentimentstreams.web.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Answers from the stores of trends: of one group its windows, open ones included, where this
 * instance keeps it, else where it is kept; without a group, the groups that this instance keeps.
 * What is read may belong to a transaction that is not committed yet.
 */
final class TrendView {
  /** Groups of an answer; they are those with the most events in their newest window. */
  private static final int MOST_GROUPS = 100;

  /** Marks a request that another instance sent here, so that two never send one to and fro. */
  private static final String REDIRECTED = "redirected";

  private static final JsonMapper JSON = new JsonMapper();

  private final String applicationId;
  private final List<Route> routes;
  private final @Nullable HostInfo self;

  TrendView(StreamSettings settings) {
    this.applicationId = settings.applicationId();
    this.routes = settings.routes().stream().filter(route -> route.trends() != null).toList();
    String server = settings.kafka().get("application.server");
    this.self = server == null ? null : HostInfo.buildFromEndpoint(server);
  }

  /** The answer now. */
  Answer answer(@Nullable KafkaStreams streams, Query query) {
    Optional<String> name = query.value("route");
    List<Route> meant =
        routes.stream().filter(route -> name.isEmpty() || name.get().equals(route.name())).toList();
    if (meant.size() != 1) {
      return problem(
          routes.isEmpty() || name.isPresent() ? 404 : 400,
          routes.isEmpty()
              ? "no route has trends; set routes.NAME.trends"
              : "give route= and one of " + routes.stream().map(Route::name).toList());
    }
    if (streams == null || !streams.state().isRunningOrRebalancing()) {
      return notReady();
    }
    try {
      Route route = meant.get(0);
      Optional<String> key = query.value("key");
      return key.isPresent() ? group(streams, route, key.get(), query) : groups(streams, route);
    } catch (InvalidStateStoreException moving) {
      return notReady();
    }
  }

  private Answer group(KafkaStreams streams, Route route, String group, Query query) {
    String name = TrendTopology.store(route);
    Set<Integer> partitions = partitions(streams, name);
    for (int partition : partitions) {
      ReadOnlyKeyValueStore<String, byte[]> groups = store(streams, name, partition);
      Optional<GroupPanes> panes = TrendStore.group(groups, group);
      if (panes.isPresent()) {
        return Answer.of(200, text(group(route, groups, group, panes.get())));
      }
    }
    Optional<HostInfo> host = host(streams, name, group);
    if (host.isPresent() && !host.get().equals(self)) {
      return query.value(REDIRECTED).isPresent() ? moving() : elsewhere(host.get(), query);
    }
    return partitions.isEmpty()
        ? notReady()
        : problem(404, "no events of this group in the last windows are known here");
  }

  /** Of the groups' topic, those whose groups are kept here. */
  private Set<Integer> partitions(KafkaStreams streams, String store) {
    String topic = "%s-%s-repartition".formatted(applicationId, store);
    return streams.metadataForLocalThreads().stream()
        .flatMap(thread -> thread.activeTasks().stream())
        .flatMap(task -> task.topicPartitions().stream())
        .filter(partition -> partition.topic().equals(topic))
        .map(TopicPartition::partition)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Who keeps a group; instances tell each other only where they have addresses. */
  private Optional<HostInfo> host(KafkaStreams streams, String store, String group) {
    if (self == null) {
      return Optional.empty();
    }
    KeyQueryMetadata where = streams.queryMetadataForKey(store, group, new StringSerializer());
    return Optional.of(where.activeHost()).filter(host -> !host.equals(HostInfo.unavailable()));
  }

  private static ObjectNode group(
      Route route, ReadOnlyKeyValueStore<String, byte[]> groups, String group, GroupPanes panes) {
    Windows windows = windows(route);
    long closedEnd = TrendStore.closedEnd(groups, windows);
    ObjectNode json = JSON.createObjectNode().put("route", route.name()).put("group", group);
    panes
        .raisedSince()
        .ifPresent(since -> json.put("alertSince", Instant.ofEpochMilli(since).toString()));
    List<Trend> known = new ArrayList<>(panes.known(windows, closedEnd));
    known.sort(Comparator.comparingLong(Trend::end).reversed());
    ArrayNode all = json.putArray("windows");
    known.forEach(
        trend -> all.add(TrendWriter.window(trend).put("closed", trend.end() <= closedEnd)));
    return json;
  }

  private static Answer groups(KafkaStreams streams, Route route) {
    Windows windows = windows(route);
    List<KeyValue<String, Trend>> newest = new ArrayList<>();
    ReadOnlyKeyValueStore<String, byte[]> groups = store(streams, TrendTopology.store(route), null);
    try (KeyValueIterator<String, byte[]> all = groups.all()) {
      TrendStore.forEach(
          all, (group, panes) -> newest.add(KeyValue.pair(group, panes.newest(windows))));
    }
    newest.sort(
        Comparator.comparingLong((KeyValue<String, Trend> one) -> one.value.tally().events())
            .reversed()
            .thenComparing(one -> one.key));
    ObjectNode json = JSON.createObjectNode().put("route", route.name());
    ArrayNode shown = json.putArray("groups");
    for (KeyValue<String, Trend> one : newest.subList(0, Math.min(MOST_GROUPS, newest.size()))) {
      ObjectNode entry = JSON.createObjectNode().put("group", one.key);
      shown.add(entry.setAll(TrendWriter.window(one.value)));
    }
    return Answer.of(200, text(json.put("more", newest.size() - shown.size())));
  }

  private static Answer elsewhere(HostInfo host, Query query) {
    String name = host.host().contains(":") ? "[" + host.host() + "]" : host.host();
    String url =
        "http://%s:%d/trends?%s&%s=true".formatted(name, host.port(), query.raw(), REDIRECTED);
    return Answer.elsewhere(text(JSON.createObjectNode().put("keptBy", url)), url);
  }

  private static ReadOnlyKeyValueStore<String, byte[]> store(
      KafkaStreams streams, String name, @Nullable Integer partition) {
    StoreQueryParameters<ReadOnlyKeyValueStore<String, byte[]>> all =
        StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore());
    return streams.store(partition == null ? all : all.withPartition(partition));
  }

  private static Windows windows(Route route) {
    TrendSettings trends = route.trends();
    if (trends == null) {
      throw new IllegalArgumentException("route %s has no trends".formatted(route.name()));
    }
    return trends.rules().windows();
  }

  private static Answer moving() {
    return problem(503, "the group is on its way from one instance to another; ask again");
  }

  private static Answer notReady() {
    return problem(
        503,
        "no groups are kept here now: the stream starts, or they are with other instances, which kafka.application.server would name");
  }

  private static Answer problem(int status, String reason) {
    return Answer.of(status, text(JSON.createObjectNode().put("error", reason)));
  }

  private static String text(ObjectNode json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree that has no JSON form", impossible);
    }
  }
}
