package io.sentimentstreams.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Against a plain count: random gaps, losses, doubles and swaps, read in random interleavings. */
final class AuditorPropertiesTest {
  private static final Partition INPUT = new Partition("tweets", 3);
  private static final Partition OUTPUT = new Partition("tweets.sentiment", 3);

  @Property(tries = 60)
  void report_ofARandomHistory_countsEachFault(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 200_000) int offsets) {
    Random random = new Random(seed);
    History history = History.of(random, offsets);

    Auditor auditor = new Auditor(List.of(new Scope(INPUT, 0, history.end, false)), 10);
    history.readBy(auditor, random);
    AuditReport report = auditor.report(Map.of(INPUT, history.end), topic -> Set.of());

    assertThat(report.sum(PartitionReport::events)).isEqualTo(history.events.size());
    assertThat(report.sum(PartitionReport::lost)).isEqualTo(history.lost.size());
    assertThat(report.sum(PartitionReport::doubled)).isEqualTo(history.doubles);
    assertThat(report.sum(PartitionReport::outOfOrder)).isEqualTo(history.swaps);
    assertThat(report.sum(PartitionReport::withoutEvent)).isZero();
    assertThat(report.sum(PartitionReport::labelled))
        .isEqualTo(history.events.size() - history.lost.size());
    assertThat(report.examples().lost())
        .containsExactlyElementsOf(
            history.lost.stream().limit(10).map(offset -> "tweets-3@" + offset).toList());
    assertThat(auditor.openChunks()).isLessThanOrEqualTo(history.lost.size());
  }

  /** What a faulty stream may have made of a partition. */
  private static final class History {
    private final List<Long> events = new ArrayList<>();
    private final List<Long> outputs = new ArrayList<>();
    private final List<Long> lost = new ArrayList<>();
    private long doubles;
    private long swaps;
    private long end;

    static History of(Random random, int offsets) {
      History history = new History();
      while (history.end < offsets) {
        history.add(random);
      }
      return history;
    }

    private void add(Random random) {
      long offset = end++;
      switch (random.nextInt(1000)) {
        case 0 -> {} // a transaction's marker
        case 1 -> {
          events.add(offset);
          lost.add(offset);
        }
        case 2 -> {
          done(offset);
          outputs.add(outputs.get(random.nextInt(outputs.size())));
          doubles++;
        }
        case 3 -> {
          long next = end++;
          events.add(offset);
          events.add(next);
          outputs.add(next);
          outputs.add(offset);
          swaps++;
        }
        default -> done(offset);
      }
    }

    private void done(long offset) {
      events.add(offset);
      outputs.add(offset);
    }

    /** In runs of random lengths from both. */
    void readBy(Auditor auditor, Random random) {
      int event = 0;
      int output = 0;
      while (event < events.size() || output < outputs.size()) {
        for (int n = random.nextInt(50_000); n > 0 && event < events.size(); n--) {
          auditor.event(INPUT, events.get(event++));
        }
        auditor.readTo(INPUT, event < events.size() ? events.get(event) : end);
        for (int n = random.nextInt(50_000); n > 0 && output < outputs.size(); n--) {
          auditor.output(OutputKind.LABELLED, OUTPUT, output, INPUT, outputs.get(output++));
        }
      }
      auditor.readTo(INPUT, end);
    }
  }
}
