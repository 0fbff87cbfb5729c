package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BrokerCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--node=2 | --json=1 | unknown option --json",
        "--node=2 | --port=9092 | a node of a cluster needs both",
        "--nodes=9092/9192 | --port=9092 | a node of a cluster needs both",
        "--node=2 | --nodes=9092/9192 | node: 2, but must be 1 to 1",
        "--node=1 | --nodes=9092 | nodes: \"9092\", but PORT/CONTROLLERPORT is needed",
        "--port=99999 | --set=num.io.threads=2 | broker port: 99999",
        "--port=0 | --set=num.io.thread=2 | num.io.thread is no setting of Kafka's broker",
      })
  void broker_ofWhatCannotBe_isOneLine(
      String one, String other, String message, @TempDir Path folder) {
    TestShell shell = new TestShell();
    assertThat(shell.run("broker", "--data=" + folder, one, other)).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err().lines()).hasSize(1);
    assertThat(shell.err()).contains(message);
  }
}
