package io.sentimentstreams.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpressionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          up                                                                    | up
          up{job="a", b=~"c.d"} == 0                                            | up
          sum by (job, le) (rate(a_total{x="y"}[5m])) / sum(b) > 0.05           | a_total,b
          histogram_quantile(0.99, sum by (le) (rate(a_seconds_bucket[$__i])))  | a_seconds_bucket
          min_over_time((a - b)[10m:30s]) > 1e3                                 | a,b
          a and on (job) b unless ignoring(x) c{y="z"}                         | a,b,c
          absent(up{job="x"})                                                   | up
          """)
  void metrics_ofAnExpression_areThoseItSelects(String expression, String metrics) {
    assertThat(Expressions.metrics(expression)).isEqualTo(Set.of(metrics.split(",")));
  }
}
