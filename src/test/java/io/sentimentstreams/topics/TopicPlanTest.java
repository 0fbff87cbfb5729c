package io.sentimentstreams.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.TopicCatalog;
import io.sentimentstreams.event.TopicSchemas;
import io.sentimentstreams.event.TopicSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicPlanTest {
  private static final TopicRoles NO_ROLES = new TopicRoles(Map.of());
  private static final Consent ALL =
      new Consent(true, List.of(TopicPattern.parse("events"), TopicPattern.parse("old.*")));

  @Test
  void topic_thatIsMissing_isCreated() {
    TopicSpec spec = spec(4, 1, Map.of());

    assertThat(plan(spec, Map.of(), Consent.NONE).free())
        .containsExactly(new TopicChange.Create(spec));
  }

  @Test
  void topic_asDescribed_isUnchanged() {
    BrokerTopic is =
        topic(4, 2, Map.of("retention.ms", own("60000"), "cleanup.policy", inherited("delete")));
    TopicSpec spec = spec(4, 2, Map.of("retention.ms", "60000", "cleanup.policy", "delete"));

    TopicPlan plan = plan(spec, Map.of("events", is), Consent.NONE);

    assertThat(plan.steps()).isEmpty();
    assertThat(plan.unchanged()).containsExactly("events");
  }

  @Test
  void topic_withFewerPartitions_getsMoreByConsentOnly() {
    Map<String, BrokerTopic> broker = Map.of("events", topic(2, 1, Map.of()));
    TopicSpec spec = spec(4, 1, Map.of());

    assertThat(plan(spec, broker, ALL).free())
        .containsExactly(new TopicChange.AddPartitions("events", 2, 4));
    TopicPlan without = plan(spec, broker, Consent.NONE);
    assertThat(without.free()).isEmpty();
    assertThat(without.steps().get(0).hindrance()).contains("order", "--allow-partitions");
  }

  @Test
  void topic_withMorePartitionsAndOtherReplicas_cannotBeChanged() {
    TopicPlan plan = plan(spec(2, 3, Map.of()), Map.of("events", topic(4, 1, Map.of())), ALL);

    assertThat(plan.free()).isEmpty();
    assertThat(plan.steps())
        .extracting(TopicPlan.Step::change)
        .containsExactly(
            new TopicChange.RemovePartitions("events", 4, 2),
            new TopicChange.Replicas("events", 1, 3));
    assertThat(plan.steps()).noneMatch(TopicPlan.Step::isFree);
  }

  @Test
  void topic_whosePartitionsAreBeingMoved_differsInReplicas() {
    BrokerTopic moving = new BrokerTopic("events", 4, 3, 4, Map.of());

    assertThat(plan(spec(4, 3, Map.of()), Map.of("events", moving), ALL).steps())
        .extracting(TopicPlan.Step::change)
        .containsExactly(new TopicChange.Replicas("events", 4, 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          retention.ms     | 60000   | 120000         | true
          retention.ms     | 60000   | -1             | true
          retention.ms     | 60000   | 59999          | false
          retention.ms     | -1      | 604800000      | false
          retention.bytes  | -1      | 1073741824     | false
          retention.bytes  | 1       | -1             | true
          cleanup.policy   | compact | compact,delete | false
          cleanup.policy   | delete  | compact        | false
          cleanup.policy   | compact, delete | compact | true
          max.message.bytes | 8388608 | 1048576       | true
          retention.ms     | 60000   | nonsense       | false
          """)
  void setting_thatDiffers_isSetWhereNoRecordCanBeLost(
      String key, String from, String to, boolean free) {
    Map<String, BrokerTopic> broker = Map.of("events", topic(1, 1, Map.of(key, own(from))));
    TopicSpec spec = spec(1, 1, Map.of(key, to));
    TopicChange change = new TopicChange.SetConfig("events", key, from, to);

    TopicPlan plan = plan(spec, broker, Consent.NONE);

    assertThat(plan.steps()).extracting(TopicPlan.Step::change).containsExactly(change);
    assertThat(plan.steps().get(0).isFree()).isEqualTo(free);
    assertThat(plan(spec, broker, ALL).free()).containsExactly(change);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          min.cleanable.dirty.ratio | 0.1             | 0.10
          cleanup.policy            | delete, compact | compact,delete
          retention.ms              | 60000           | 60000
          """)
  void setting_writtenInAnotherWay_isNoDifference(String key, String is, String described) {
    Map<String, BrokerTopic> broker = Map.of("events", topic(1, 1, Map.of(key, own(is))));

    assertThat(plan(spec(1, 1, Map.of(key, described)), broker, ALL).steps()).isEmpty();
  }

  @Test
  void setting_thatTheFileDoesNotName_isResetUnlessItIsTheBrokersOrOfAMove() {
    BrokerTopic is =
        topic(
            1,
            1,
            Map.of(
                "max.message.bytes", own("9"),
                "retention.ms", own("9"),
                "segment.ms", inherited("9"),
                "leader.replication.throttled.replicas", own("0:1")));

    TopicPlan plan = plan(spec(1, 1, Map.of()), Map.of("events", is), Consent.NONE);

    assertThat(plan.steps())
        .extracting(TopicPlan.Step::change)
        .containsExactly(
            new TopicChange.ResetConfig("events", "max.message.bytes", "9"),
            new TopicChange.ResetConfig("events", "retention.ms", "9"));
    assertThat(plan.free())
        .containsExactly(new TopicChange.ResetConfig("events", "max.message.bytes", "9"));
  }

  @Test
  void topic_thatNoFileDescribes_isDeletedByNameOnly() {
    Map<String, BrokerTopic> broker = new HashMap<>();
    for (String name : List.of("events", "old.a", "old.b", "other")) {
      broker.put(name, new BrokerTopic(name, 1, 1, 1, Map.of()));
    }
    TopicSpec spec = spec(1, 1, Map.of());

    assertThat(plan(spec, broker, Consent.NONE).steps()).isEmpty();
    assertThat(plan(spec, broker, ALL).free())
        .containsExactly(new TopicChange.Delete("old.a", 1), new TopicChange.Delete("old.b", 1));
  }

  @Test
  void topic_thatTheStreamUses_isNotDeleted() {
    Map<String, BrokerTopic> broker = Map.of("old.a", new BrokerTopic("old.a", 1, 1, 1, Map.of()));
    TopicRoles roles = new TopicRoles(Map.of("old.a", TopicRole.OUTPUT));

    TopicPlan plan = TopicPlan.of(new TopicCatalog(List.of()), broker, roles, ALL);

    assertThat(plan.free()).isEmpty();
    assertThat(plan.steps().get(0).hindrance()).contains("settings name this topic");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "a/b", "a*b", "**", "..", " x"})
  void pattern_thatNamesNothing_isRefused(String text) {
    assertThatThrownBy(() -> TopicPattern.parse(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("NAME or BEGINNING*");
  }

  @Test
  void controlTopic_ofMorePartitions_isRefused() {
    TopicRoles roles = new TopicRoles(Map.of("events", TopicRole.CONTROL));

    assertThatThrownBy(() -> roles.requireUsable(catalog(spec(4, 1, Map.of()))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("topic events: spec.partitions: 4, but the control topic needs 1");
    roles.requireUsable(catalog(spec(1, 1, Map.of())));
  }

  private static TopicPlan plan(TopicSpec spec, Map<String, BrokerTopic> broker, Consent consent) {
    return TopicPlan.of(catalog(spec), broker, NO_ROLES, consent);
  }

  private static TopicCatalog catalog(TopicSpec... specs) {
    return new TopicCatalog(Arrays.asList(specs));
  }

  private static TopicSpec spec(int partitions, int replicas, Map<String, String> config) {
    return new TopicSpec(
        "events", partitions, (short) replicas, config, "me", "events", TopicSchemas.NONE);
  }

  private static BrokerTopic topic(
      int partitions, int replicas, Map<String, BrokerTopic.Setting> config) {
    return new BrokerTopic("events", partitions, replicas, replicas, config);
  }

  private static BrokerTopic.Setting own(String value) {
    return new BrokerTopic.Setting(value, true);
  }

  private static BrokerTopic.Setting inherited(String value) {
    return new BrokerTopic.Setting(value, false);
  }
}
