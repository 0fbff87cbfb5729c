package io.sentimentstreams.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sentimentstreams.trend.Tally;
import io.sentimentstreams.trend.Trend;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class GroupsTest {
  private static final int WINDOW = 10;

  private final Groups groups = new Groups();

  @Test
  void groups_ofManyWindows_areThoseWithTheMostEvents() {
    for (int group = 0; group < 10_000; group++) {
      groups.closed("r", "g" + group, trend(20, group % 5_000 + 1, 0));
    }
    assertThat(groups.top())
        .hasSize(Groups.MOST_SHOWN)
        .extracting(Groups.Group::events)
        .startsWith(5_000L, 5_000L, 4_999L, 4_999L);
  }

  @Test
  void group_withALaterWindow_showsThat() {
    groups.closed("r", "a", trend(20, 100, 0));
    groups.closed("r", "a", trend(30, 3, 1));
    groups.closed("r", "a", trend(20, 100, 0)); // again, after a transaction that was given up

    assertThat(groups.top())
        .extracting(Groups.Group::end, Groups.Group::events, Groups.Group::negative)
        .containsExactly(tuple(30L, 3L, 1.0 / 3));
  }

  @Test
  void group_withoutEventsInTheLastWindows_isGone() {
    groups.closed("r", "old", trend(20, 100, 0));
    groups.closed("r", "a", trend(30, 1, 0));
    assertThat(groups.top()).extracting(Groups.Group::group).containsExactly("old", "a");
    groups.closed("r", "a", trend(40, 1, 0));
    assertThat(groups.top()).extracting(Groups.Group::group).containsExactly("a");
    groups.closed("r", "late", trend(20, 9, 0));
    assertThat(groups.top()).extracting(Groups.Group::group).containsExactly("a");
  }

  @Test
  void routes_haveGroupsOfTheirOwn() {
    groups.closed("s", "a", trend(20, 5, 0));
    groups.closed("r", "a", trend(2_000, 1, 0));
    assertThat(groups.top())
        .extracting(Groups.Group::route, Groups.Group::events)
        .containsExactly(tuple("r", 1L), tuple("s", 5L));
  }

  @Test
  void labels_withoutNegative_haveNoShareOfIt() {
    Tally topics = new Tally(new TreeMap<>(Map.of("sport", 4L)), 2_000_000, 0, 0);
    groups.closed("r", "a", new Trend(0, WINDOW, topics, Tally.NONE));
    assertThat(groups.top())
        .extracting(Groups.Group::score, Groups.Group::negative)
        .containsExactly(tuple(0.5, null));
  }

  private static Trend trend(long end, long events, long negative) {
    TreeMap<String, Long> labels = new TreeMap<>();
    labels.put("positive", events - negative);
    labels.put("negative", negative);
    return new Trend(end - WINDOW, end, new Tally(labels, 900_000 * events, events, 0), Tally.NONE);
  }
}
