package io.sentimentstreams.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A program of this machine that a test can do without. */
public final class Program {
  private final Path binary;

  private Program(Path binary) {
    this.binary = binary;
  }

  /** What a run came to; standard error is part of the output. */
  public record Run(int status, String output) {}

  /** The program of this name on the path; the test is skipped where there is none. */
  public static Program require(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    Optional<Path> found =
        Arrays.stream(path.split(":"))
            .map(place -> Path.of(place, name))
            .filter(Files::isExecutable)
            .findFirst();
    Assumptions.assumeTrue(found.isPresent(), () -> "skipped: no " + name + " on the path");
    return new Program(found.orElseThrow());
  }

  /** The program in this file. */
  static Program at(Path binary) {
    return new Program(binary);
  }

  /** Runs it to its end. */
  public Run run(String... arguments) throws IOException, InterruptedException {
    Process process = builder(arguments).start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        throw new IOException(binary + " does not end: " + output);
      }
      return new Run(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Starts it; its output goes to a file. */
  public Process start(Path output, String... arguments) throws IOException {
    return builder(arguments).redirectOutput(output.toFile()).start();
  }

  private ProcessBuilder builder(String... arguments) {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(Arrays.asList(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }
}
