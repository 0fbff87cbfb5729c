package io.sentimentstreams.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sentimentstreams.InvalidInputException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of this program in a process of its own. */
final class ChildProcess implements AutoCloseable {
  private static final String MAIN = "io.sentimentstreams.cli.Main";

  private final Process process;
  private final Path log;
  private final long logStart;

  private ChildProcess(Process process, Path log, long logStart) {
    this.process = process;
    this.log = log;
    this.logStart = logStart;
  }

  /**
   * Starts a command.
   *
   * @param home the project's folder, as the launcher gives it
   * @param log gets what the process writes, behind what is there
   * @param heapMegabytes the most that its heap may have
   */
  static ChildProcess start(Path home, Path log, int heapMegabytes, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("-Xmx%dm".formatted(heapMegabytes));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dsentiment.home=" + home);
    // So that a run that is killed leaves nothing behind.
    command.add("-Dsentiment.parent=" + ProcessHandle.current().pid());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectInput(new File("/dev/null"));
    builder.environment().put("OMP_NUM_THREADS", "1");
    // What the user has set for a stream of his own is not for these.
    builder.environment().keySet().removeIf(name -> name.startsWith("SENTIMENT_"));
    try {
      long logStart = Files.exists(log) ? Files.size(log) : 0;
      return new ChildProcess(builder.start(), log, logStart);
    } catch (IOException e) {
      throw new UncheckedIOException("a process could not be started", e);
    }
  }

  /** Refuses systems without signals. */
  static void requireSignals() {
    if (File.separatorChar != '/') {
      throw new InvalidInputException(
          "chaos: needs a system with POSIX signals, such as Linux or macOS");
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether the process, which still lives, has written these words to its log. */
  boolean hasSaid(String words) {
    if (!process.isAlive()) {
      return false;
    }
    try (InputStream in = Files.newInputStream(log)) {
      in.skipNBytes(logStart);
      return new String(in.readAllBytes(), UTF_8).contains(words);
    } catch (IOException e) {
      throw new UncheckedIOException(log + " cannot be read", e);
    }
  }

  /** SIGKILL; returns when the process is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGSTOP. */
  void pause() throws InterruptedException {
    signal("STOP");
  }

  /** SIGCONT. */
  void goOn() throws InterruptedException {
    signal("CONT");
  }

  /** False where the time was over first. */
  boolean awaitEnd(long seconds) throws InterruptedException {
    return process.waitFor(seconds, TimeUnit.SECONDS);
  }

  private void signal(String name) throws InterruptedException {
    if (!process.isAlive()) {
      return;
    }
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("kill could not be run", e);
    }
  }

  /** Returns when the process is gone, so that its files may be deleted. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
