package io.sentimentstreams.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.audit.AuditReport.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AuditorTest {
  private static final Partition INPUT = new Partition("tweets", 0);
  private static final Partition OUTPUT = new Partition("tweets.sentiment", 0);
  private static final Partition LETTERS = new Partition("sentiment.dead-letters", 0);
  private static final int CHUNK = OffsetLedger.CHUNK;

  private Auditor auditor = auditor(0, 10);
  private long written;

  @Test
  void events_eachWithOneOutput_areBalanced() {
    events(0, 10);
    for (int offset = 0; offset < 10; offset++) {
      output(offset == 4 ? LETTERS : OUTPUT, offset);
    }
    AuditReport report = report(10);
    assertThat(report.verdict()).isEqualTo(Verdict.BALANCED);
    assertThat(report.partitions())
        .containsExactly(
            new PartitionReport(new Scope(INPUT, 0, 10, false), 10, 9, 1, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void outputs_readBeforeTheirEvents_areBalanced() {
    for (int offset = 0; offset < 10; offset++) {
      output(OUTPUT, offset);
    }
    events(0, 10);
    assertThat(report(10).verdict()).isEqualTo(Verdict.BALANCED);
    assertThat(auditor.openChunks()).isZero();
  }

  @Test
  void events_withoutOutput_areLostBelowTheCommitAndPendingAbove() {
    events(0, 10);
    outputs(OUTPUT, 0, 2, 4, 5);
    AuditReport report = report(6);
    assertThat(report.sum(PartitionReport::lost)).isEqualTo(2);
    assertThat(report.sum(PartitionReport::pending)).isEqualTo(4);
    assertThat(report.examples().lost()).containsExactly("tweets-0@1", "tweets-0@3");
    assertThat(report.verdict()).isEqualTo(Verdict.UNBALANCED);
    assertThat(auditor.pending(Map.of(INPUT, 6L))).isEqualTo(4);
    assertThat(auditor.missing()).isEqualTo(6);
  }

  @Test
  void events_thatNobodyHasWorkedOn_areBehind() {
    events(0, 10);
    outputs(OUTPUT, 0, 1, 2);
    assertThat(report(3).verdict()).isEqualTo(Verdict.BEHIND);
  }

  @Test
  void outputs_ofOneEvent_areDoubledAcrossTopicsToo() {
    events(0, 3);
    outputs(OUTPUT, 0, 1, 1, 2);
    outputs(LETTERS, 2);
    AuditReport report = report(3);
    assertThat(report.sum(PartitionReport::doubled)).isEqualTo(2);
    assertThat(report.examples().doubled())
        .containsExactly(
            "tweets-0@1 in tweets.sentiment-0@1 and tweets.sentiment-0@2",
            "tweets-0@2 in tweets.sentiment-0@3 and sentiment.dead-letters-0@0");
    assertThat(report.verdict()).isEqualTo(Verdict.UNBALANCED);
  }

  @Test
  void outputs_inAnotherOrder_areTold() {
    events(0, 4);
    outputs(OUTPUT, 0, 2, 1, 3);
    AuditReport report = report(4);
    assertThat(report.sum(PartitionReport::outOfOrder)).isEqualTo(1);
    assertThat(report.examples().outOfOrder())
        .containsExactly("tweets-0@1 in tweets.sentiment-0@2, behind 2");
    assertThat(report.verdict()).isEqualTo(Verdict.UNBALANCED);
  }

  @Test
  void order_betweenOutputPartitions_isNoOrder() {
    events(0, 4);
    outputs(OUTPUT, 2, 3);
    outputs(new Partition("tweets.sentiment", 1), 0, 1);
    assertThat(auditor.report(Map.of(), topic -> Set.of()).sum(PartitionReport::outOfOrder))
        .isZero();
    events(4, 10);
    outputs(OUTPUT, 4, 5, 6, 7, 8, 9);
    assertThat(report(10).verdict()).isEqualTo(Verdict.BALANCED);
  }

  @Test
  void outputs_doneAgainAfterACrash_areDoubledButInOrder() {
    events(0, 6);
    outputs(OUTPUT, 0, 1, 2, 3, 1, 2, 3, 4, 5);
    AuditReport report = report(6);
    assertThat(report.sum(PartitionReport::doubled)).isEqualTo(3);
    assertThat(report.sum(PartitionReport::outOfOrder)).isZero();
  }

  @Test
  void double_longAfterItsChunkWasSettled_isSeen() {
    auditor = auditor(0, 5L * CHUNK);
    events(0, 5 * CHUNK);
    for (int offset = 0; offset < 5 * CHUNK; offset++) {
      output(OUTPUT, offset);
    }
    assertThat(auditor.openChunks()).isZero();
    outputs(OUTPUT, 3, 2 * CHUNK, 5 * CHUNK - 1);
    assertThat(report(5L * CHUNK).sum(PartitionReport::doubled)).isEqualTo(3);
    String known = "tweets-0@%d in tweets.sentiment-0@%d and tweets.sentiment-0@%d";
    int last = 5 * CHUNK - 1;
    assertThat(report(5L * CHUNK).examples().doubled())
        .startsWith("tweets-0@3 in tweets.sentiment-0@" + 5 * CHUNK) // the first is long forgotten
        .endsWith(known.formatted(last, last, last + 3));
  }

  @Test
  void chunks_whereAllIsWell_takeNoMemory() {
    auditor = auditor(0, 50L * CHUNK);
    for (int chunk = 0; chunk < 50; chunk++) {
      events(chunk * CHUNK, (chunk + 1) * CHUNK);
      for (int offset = chunk * CHUNK; offset < (chunk + 1) * CHUNK; offset++) {
        output(OUTPUT, offset);
      }
      assertThat(auditor.openChunks()).isZero();
    }
    assertThat(auditor.missing()).isZero();
  }

  @Test
  void offsets_thatHoldNoEvent_needNoOutput() {
    for (int offset : new int[] {0, 1, 5, 8}) {
      auditor.event(INPUT, offset);
    }
    auditor.readTo(INPUT, 10);
    outputs(OUTPUT, 0, 1, 5, 8);
    assertThat(report(10).verdict()).isEqualTo(Verdict.BALANCED);
  }

  @Test
  void output_ofAnOffsetWithoutEvent_isAFaultUnlessTheTopicIsCompacted() {
    for (boolean compacted : new boolean[] {false, true}) {
      auditor = new Auditor(List.of(new Scope(INPUT, 0, 10, compacted)), 10);
      auditor.event(INPUT, 0);
      auditor.readTo(INPUT, 10);
      outputs(OUTPUT, 7);
      AuditReport report = report(0);
      assertThat(report.sum(PartitionReport::withoutEvent)).isEqualTo(1);
      assertThat(report.examples().withoutEvent()).containsExactly("tweets-0@7");
      outputs(OUTPUT, 8);
      outputs(new Partition("tweets.sentiment", 1), 0);
      report = report(10);
      assertThat(report.verdict()).isEqualTo(compacted ? Verdict.BALANCED : Verdict.UNBALANCED);
    }
  }

  @Test
  void output_ofAnOffsetWithoutEventInASettledChunk_isAFaultUnlessTheTopicIsCompacted() {
    for (boolean compacted : new boolean[] {false, true}) {
      auditor = new Auditor(List.of(new Scope(INPUT, 0, 10, compacted)), 10);
      auditor.event(INPUT, 0);
      auditor.readTo(INPUT, 10);
      outputs(OUTPUT, 0, 7);
      assertThat(report(10).verdict()).isEqualTo(compacted ? Verdict.BALANCED : Verdict.UNBALANCED);
    }
  }

  @Test
  void events_goneBeforeTheyCouldBeRead_makeNoFaultOfTheirOutputs() {
    auditor.gone(INPUT, 0, 5);
    events(5, 10);
    for (int offset = 0; offset < 10; offset++) {
      output(OUTPUT, offset);
    }
    assertThat(report(10).verdict()).isEqualTo(Verdict.BALANCED);
  }

  @Test
  void outputs_outsideOfTheRange_doNotCount() {
    auditor = auditor(5, 8);
    events(0, 10);
    outputs(OUTPUT, 3, 3, 5, 6, 7, 9, 9);
    AuditReport report = report(10);
    assertThat(report.sum(PartitionReport::events)).isEqualTo(3);
    assertThat(report.verdict()).isEqualTo(Verdict.BALANCED);
  }

  @Test
  void outputs_behindTheEnd_areWithoutEventOnceTheEndIsAskedAgain() {
    for (boolean compacted : new boolean[] {false, true}) {
      auditor = new Auditor(List.of(new Scope(INPUT, 0, 3, compacted)), 10);
      events(0, 3);
      outputs(OUTPUT, 0, 1, 2, 4, 5, 5);
      assertThat(auditor.undecided()).isEqualTo(3);
      auditor.ends(Map.of(INPUT, 5L)); // 3 and 4 came after the audit began
      AuditReport report = report(3);
      assertThat(auditor.undecided()).isZero();
      assertThat(report.sum(PartitionReport::withoutEvent)).isEqualTo(2);
      assertThat(report.sum(PartitionReport::beyondEnd)).isEqualTo(2);
      assertThat(report.examples().withoutEvent().get(0)).startsWith("tweets-0@5 in tweets.sent");
      assertThat(report.verdict()).isEqualTo(Verdict.UNBALANCED);
    }
  }

  @Test
  void outputs_ofLaterEvents_areNoFault() {
    auditor = auditor(0, 3);
    events(0, 3);
    outputs(OUTPUT, 0, 1, 2, 3, 4);
    auditor.ends(Map.of(INPUT, 5L));
    assertThat(report(3).verdict()).isEqualTo(Verdict.BALANCED);
  }

  @Test
  void output_ofAnEmptyInput_isWithoutEvent() {
    auditor = auditor(0, 0);
    outputs(OUTPUT, 0);
    auditor.ends(Map.of(INPUT, 0L));
    assertThat(report(0).sum(PartitionReport::withoutEvent)).isEqualTo(1);
    assertThat(report(0).verdict()).isEqualTo(Verdict.UNBALANCED);
  }

  @Test
  void output_farBehindTheEnd_putsNoOtherOutOfOrder() {
    auditor = auditor(0, 4);
    events(0, 4);
    outputs(OUTPUT, 0, 99_999_999, 1, 3, 2);
    auditor.ends(Map.of(INPUT, 4L));
    AuditReport report = report(4);
    assertThat(report.examples().withoutEvent())
        .containsExactly("tweets-0@99999999 in tweets.sentiment-0@1");
    assertThat(report.examples().outOfOrder())
        .containsExactly("tweets-0@2 in tweets.sentiment-0@4, behind 3");
  }

  @Test
  void outputs_ofAPartitionThatTheTopicLacks_areWithoutEventUnlessItWasAdded() {
    Partition seventh = new Partition("tweets", 7);
    auditor.unknown(seventh);
    assertThat(auditor.output(OutputKind.LABELLED, OUTPUT, 0, seventh, 0)).isTrue();
    auditor.ends(Map.of(INPUT, 10L, seventh, 1L));
    assertThat(report(10).partitions()).hasSize(1);
    assertThat(report(10).verdict()).isEqualTo(Verdict.BALANCED);

    assertThat(auditor.output(OutputKind.LABELLED, OUTPUT, 1, seventh, 1)).isTrue();
    auditor.ends(Map.of(INPUT, 10L));
    assertThat(report(10).examples().withoutEvent())
        .containsExactly("tweets-7@1 in tweets.sentiment-0@1");
    assertThat(report(10).verdict()).isEqualTo(Verdict.UNBALANCED);
  }

  @Test
  void outputs_thatRetentionMayHaveTaken_areNoLoss() {
    events(0, 10);
    outputs(OUTPUT, 4, 5, 7, 8, 9); // 0 to 3 went with the beginning of the topic, 6 did not
    AuditReport report = auditor.report(Map.of(INPUT, 10L), topic -> Set.of(OUTPUT));
    assertThat(report.sum(PartitionReport::expired)).isEqualTo(4);
    assertThat(report.examples().lost()).containsExactly("tweets-0@6");
  }

  @Test
  void records_ofOthers_areCountedAndNoFault() {
    assertThat(auditor.output(OutputKind.LABELLED, OUTPUT, 0, new Partition("other", 0), 0))
        .isFalse();
    assertThat(auditor.output(OutputKind.LABELLED, OUTPUT, 0, INPUT, -1)).isFalse();
    auditor.foreign("tweets.sentiment");
    assertThat(report(0).foreign()).containsEntry("tweets.sentiment", 1L);
    assertThat(report(0).verdict()).isEqualTo(Verdict.BALANCED);
  }

  private static Auditor auditor(long from, long to) {
    return new Auditor(List.of(new Scope(INPUT, from, to, false)), 10);
  }

  private void events(int from, int to) {
    for (int offset = from; offset < to; offset++) {
      auditor.event(INPUT, offset);
    }
    auditor.readTo(INPUT, to);
  }

  private void output(Partition output, int offset) {
    boolean dead = output.equals(LETTERS);
    OutputKind kind = dead ? OutputKind.DEAD_LETTER : OutputKind.LABELLED;
    assertThat(auditor.output(kind, output, dead ? 0 : written++, INPUT, offset)).isTrue();
  }

  private void outputs(Partition output, int... offsets) {
    for (int offset : offsets) {
      output(output, offset);
    }
  }

  private AuditReport report(long committed) {
    return auditor.report(Map.of(INPUT, committed), topic -> Set.of());
  }
}
