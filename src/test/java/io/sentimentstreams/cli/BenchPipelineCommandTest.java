package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BenchPipelineCommandTest {
  private final TestShell shell = new TestShell();

  @ParameterizedTest
  @CsvSource({
    "--records=9, '--model=FOLDER'",
    "--model=no/such/model, no/such/model",
    "--model=m --records=0, --records is 0",
    "--model=m --slow-records=0, --slow-records is 0",
    "--model=m --partitions=0, --partitions is 0",
    "--model=m --threads=0, --threads is 0",
    "--model=m --rounds=0, --rounds is 0",
    "--model=m --warm-up=-1, --warm-up is -1",
    "--model=m --rate=-1, --rate is -1",
    "--model=m --seconds=0, --seconds is 0",
    "--model=m --seconds=-2, --seconds is -2.0",
    "--model=m --text-column=c, --text-column is for --texts",
    "--model=m --texts=none.csv, none.csv",
    "--model=m --set=processingGuarantee=at_least_once, exactly_once_v2",
    "--model=m --backend=torch, torch",
  })
  void mistake_inTheArguments_isOneLine(String arguments, String named) {
    assertThat(shell.run(("bench pipeline " + arguments).split(" "))).isEqualTo(2);

    assertThat(shell.out()).isEmpty();
    assertThat(shell.err().lines()).hasSize(1);
    assertThat(shell.err()).startsWith("sentiment: ").contains(named).doesNotContain("Exception");
  }
}
