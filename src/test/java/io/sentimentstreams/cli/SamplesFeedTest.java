package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SamplesFeedTest {

  @Test
  void all_read_holdsTweetsReviewsAndBrokenEvents() {
    List<DemoEvent> events = Samples.all();

    assertThat(events).filteredOn(event -> event.key().startsWith("t-")).hasSizeGreaterThan(299);
    assertThat(events).filteredOn(event -> event.key().startsWith("r-")).hasSizeGreaterThan(99);
    assertThat(events).filteredOn(event -> event.value() == null).isNotEmpty();
    assertThat(events).extracting(DemoEvent::route).containsOnly("tweets", "reviews");
  }

  @Test
  void all_anyPartOfIt_isMixed() {
    List<DemoEvent> events = Samples.all();

    assertThat(events.subList(0, 20)).extracting(DemoEvent::route).contains("tweets", "reviews");
    assertThat(events.subList(events.size() - 20, events.size()))
        .extracting(DemoEvent::route)
        .contains("tweets", "reviews");
  }
}
