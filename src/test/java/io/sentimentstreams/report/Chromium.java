package io.sentimentstreams.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Chromium without a window. */
public final class Chromium {
  private static final long SECONDS = 90;

  private final Path binary;
  private final Path folder;

  private Chromium(Path binary, Path folder) {
    this.binary = binary;
    this.folder = folder;
  }

  /** Which colours a reader prefers. */
  public enum Scheme {
    LIGHT("1"),
    DARK("0");

    private final String setting;

    Scheme(String setting) {
      this.setting = setting;
    }
  }

  /**
   * The one on the path, if any.
   *
   * @param folder for its files
   */
  public static Optional<Chromium> find(Path folder) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(":"))
        .flatMap(
            place ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(place, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .map(binary -> new Chromium(binary, folder));
  }

  /** A page's document once it is loaded and its scripts have run. */
  String document(String url, Scheme scheme) throws IOException, InterruptedException {
    return run(scheme, "--window-size=1400,1000", "--dump-dom", url);
  }

  /** A picture of a page, as a PNG file. */
  void screenshot(String url, Scheme scheme, int width, int height, Path file)
      throws IOException, InterruptedException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    run(
        scheme,
        "--hide-scrollbars",
        "--window-size=%d,%d".formatted(width, height),
        "--screenshot=" + file.toAbsolutePath(),
        url);
  }

  /**
   * Starts it with an empty page, to be told what to do by the DevTools protocol; the port is in
   * the file {@code profile/DevToolsActivePort}.
   */
  public Process debugged(Scheme scheme) throws IOException {
    return start(scheme, "--remote-debugging-port=0", "--remote-allow-origins=*", "about:blank");
  }

  private String run(Scheme scheme, String... more) throws IOException, InterruptedException {
    Process process = start(scheme, more);
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("chromium failed: " + Files.readString(file("err.txt")));
      }
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(file("out.txt"), StandardCharsets.UTF_8);
  }

  private Process start(Scheme scheme, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                binary.toString(),
                "--headless=new",
                "--no-sandbox", // which root cannot have
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--allow-file-access-from-files",
                "--user-data-dir=" + folder.resolve("profile"),
                "--blink-settings=preferredColorScheme=" + scheme.setting));
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectOutput(file("out.txt").toFile())
        .redirectError(file("err.txt").toFile())
        .start();
  }

  private Path file(String name) {
    return folder.resolve(name);
  }
}
