package io.sentimentstreams.chaos;

import static io.sentimentstreams.stream.ProcessingGuarantee.AT_LEAST_ONCE;
import static io.sentimentstreams.stream.ProcessingGuarantee.EXACTLY_ONCE_V2;
import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.audit.AuditReport;
import io.sentimentstreams.audit.AuditResult;
import io.sentimentstreams.audit.Partition;
import io.sentimentstreams.audit.PartitionReport;
import io.sentimentstreams.audit.Scope;
import io.sentimentstreams.stream.ProcessingGuarantee;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ChaosReportTest {
  private static final Scope SCOPE = new Scope(new Partition("chaos.events", 0), 0, 9, false);

  @Test
  void passed_withoutFault_isTrue() {
    assertThat(passed(EXACTLY_ONCE_V2, 0, 0, 0, 0)).isTrue();
  }

  @Test
  void passed_withDoubles_isForAtLeastOnceOnly() {
    assertThat(passed(EXACTLY_ONCE_V2, 0, 0, 1, 0)).isFalse();
    assertThat(passed(AT_LEAST_ONCE, 0, 0, 1, 0)).isTrue();
  }

  @Test
  void passed_withAnythingElse_isFalse() {
    for (ProcessingGuarantee guarantee : ProcessingGuarantee.values()) {
      assertThat(passed(guarantee, 1, 0, 0, 0)).isFalse();
      assertThat(passed(guarantee, 0, 1, 0, 0)).isFalse();
      assertThat(passed(guarantee, 0, 0, 0, 1)).isFalse();
    }
  }

  @Test
  void passed_withAFaultThatIsNotRecoveredFrom_isFalse() {
    AuditReport clean = audit(0, 0, 0, 0);
    assertThat(report(EXACTLY_ONCE_V2, clean, null, Map.of()).passed()).isTrue();
    assertThat(report(EXACTLY_ONCE_V2, clean, null, Map.of(FaultKind.ACTIVATION, 1)).passed())
        .isFalse();
  }

  @Test
  void passed_withTrendsThatDoNotAddUp_isFalse() {
    assertThat(passed(new TrendReport(2, 9, 4, 0, 0, 0))).isTrue();
    assertThat(passed(new TrendReport(0, 0, 0, 0, 0, 0))).isFalse();
    assertThat(passed(new TrendReport(2, 9, 0, 1, 0, 0))).isFalse();
    assertThat(passed(new TrendReport(2, 9, 0, 0, 1, 0))).isFalse();
    assertThat(passed(new TrendReport(2, 9, 0, 0, 0, 1))).isFalse();
  }

  private static boolean passed(TrendReport trends) {
    return report(EXACTLY_ONCE_V2, audit(0, 0, 0, 0), trends, Map.of()).passed();
  }

  private static boolean passed(
      ProcessingGuarantee guarantee, long lost, long pending, long doubled, long outOfOrder) {
    return report(guarantee, audit(lost, pending, doubled, outOfOrder), null, Map.of()).passed();
  }

  private static AuditReport audit(long lost, long pending, long doubled, long outOfOrder) {
    PartitionReport partition =
        new PartitionReport(
            SCOPE, 9, 9 - lost - pending, 0, lost, pending, 0, doubled, outOfOrder, 0, 0);
    return new AuditReport(
        List.of(partition),
        Map.of(),
        new AuditReport.Examples(List.of(), List.of(), List.of(), List.of()));
  }

  private static ChaosReport report(
      ProcessingGuarantee guarantee,
      AuditReport audit,
      @Nullable TrendReport trends,
      Map<FaultKind, Integer> notRecovered) {
    return new ChaosReport(
        new ChaosSettings(
            Duration.ofMinutes(1),
            1,
            100,
            8,
            guarantee,
            List.of(Path.of("model")),
            Set.of(FaultKind.ZOMBIE),
            new Fleet(1, 3, false, Map.of()),
            trends != null,
            Path.of("data")),
        new AuditResult(audit, Map.of(), Set.of(), true, List.of(), null),
        trends,
        Map.of(FaultKind.KILL, 3),
        0,
        Map.of(),
        notRecovered,
        Map.of("model", 9L),
        Duration.ofMinutes(1),
        Duration.ofSeconds(1));
  }
}
