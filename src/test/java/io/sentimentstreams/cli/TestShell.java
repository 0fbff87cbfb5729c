package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A process's surroundings in memory: runs commands and keeps what they write. */
final class TestShell {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();
  private final CopyOnWriteArrayList<Runnable> stoppers = new CopyOnWriteArrayList<>();
  private InputStream in = InputStream.nullInputStream();
  private Path home = Path.of("").toAbsolutePath();
  private boolean terminal;
  private boolean pipeBroken;

  TestShell withInput(String text) {
    return withInput(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  TestShell withInput(InputStream stream) {
    in = stream;
    return this;
  }

  TestShell withEnvironment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  TestShell withHome(Path folder) {
    home = folder;
    return this;
  }

  /** As if whoever reads the output had gone. */
  TestShell withBrokenPipe() {
    pipeBroken = true;
    return this;
  }

  TestShell withTerminal() {
    terminal = true;
    return this;
  }

  /** Runs one command; its exit status. */
  int run(String... arguments) {
    return Main.run(shell(), arguments);
  }

  Shell shell() {
    return new Shell(
        in,
        new PrintStream(pipeBroken ? brokenPipe() : out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        environment,
        home,
        terminal,
        terminal,
        100,
        onStop -> {
          stoppers.add(onStop);
          return () -> stoppers.remove(onStop);
        });
  }

  private static OutputStream brokenPipe() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("Broken pipe");
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        throw new IOException("Broken pipe");
      }
    };
  }

  /** Asks the running command to stop, as Ctrl-C does; false where none listens yet. */
  boolean interrupt() {
    stoppers.forEach(Runnable::run);
    return !stoppers.isEmpty();
  }

  String out() {
    return out.toString(UTF_8);
  }

  String err() {
    return err.toString(UTF_8);
  }
}
