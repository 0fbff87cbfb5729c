package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.InvalidInputException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

final class FailuresTest {
  private final TestShell shell = new TestShell();

  @Test
  void invalidInput_thrown_isItsMessageAlone() {
    assertThat(run(new InvalidInputException("port: 0 is none"))).isEqualTo(2);

    assertThat(shell.err()).isEqualToIgnoringNewLines("sentiment: port: 0 is none");
  }

  @Test
  void unexpectedFailure_thrown_isOneLineAndHowToSeeMore() {
    assertThat(run(new IllegalStateException("the stream\n  has died\n"))).isEqualTo(1);

    assertThat(shell.err())
        .isEqualToIgnoringNewLines(
            "sentiment: the stream has died (run with --verbose for the stack trace)");
  }

  @Test
  void failureWithoutWords_thrown_namesItsType() {
    assertThat(run(new NullPointerException())).isEqualTo(1);

    assertThat(shell.err()).startsWith("sentiment: NullPointerException (run with");
  }

  @Test
  void failureWhoseMessageIsAPath_thrown_namesItsTypeToo() {
    assertThat(run(new NoSuchFileException("/tmp/x"))).isEqualTo(1);

    assertThat(shell.err()).startsWith("sentiment: NoSuchFileException: /tmp/x");
  }

  @Test
  void failureOfAnotherThread_thrown_isThatOfItsCause() {
    assertThat(run(new ExecutionException(new IllegalStateException("no such topic"))))
        .isEqualTo(1);

    assertThat(shell.err()).startsWith("sentiment: no such topic (run with");
  }

  @Test
  void verboseFailure_thrown_hasItsStackTrace() {
    assertThat(run(new IllegalStateException("broken pieces"), "--verbose")).isEqualTo(1);

    assertThat(shell.err())
        .contains("sentiment: broken pieces", "\tat io.sentimentstreams.cli.FailuresTest");
  }

  private int run(Exception failure, String... arguments) {
    Failures failures = new Failures(shell.shell());
    return new CommandLine(new Failing(failure))
        .setExecutionExceptionHandler(failures::execution)
        .execute(arguments);
  }

  @Command(name = "failing")
  private static final class Failing implements Callable<Integer> {
    private final Exception failure;

    @SuppressWarnings("UnusedVariable") // picocli reads it
    @Option(names = "--verbose")
    private boolean verbose;

    Failing(Exception failure) {
      this.failure = failure;
    }

    @Override
    public Integer call() throws Exception {
      throw failure;
    }
  }
}
