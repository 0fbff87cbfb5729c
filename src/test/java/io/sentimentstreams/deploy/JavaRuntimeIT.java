package io.sentimentstreams.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java runtime of the image: the modules that the Dockerfile names are all that are needed. */
final class JavaRuntimeIT {
  private static final Pattern MODULES = Pattern.compile("--add-modules ([^&]+?)\\s*&&");
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  @Test
  void demo_onTheRuntimeOfTheImage_labelsTheSamples(@TempDir Path folder) throws Exception {
    assumeTrue(Files.isDirectory(JAVA_HOME.resolve("jmods")), "skipped: this JDK has no jmods");
    Path runtime = folder.resolve("java");
    Program.Run linked =
        Program.at(JAVA_HOME.resolve("bin/jlink"))
            .run("--add-modules", modules(), "--output", runtime.toString());
    assertThat(linked.status()).as(linked.output()).isZero();

    Program.Run run =
        Program.at(runtime.resolve("bin/java"))
            .run(
                "-Xmx1g",
                "-Dsentiment.home=" + Path.of("").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.sentimentstreams.cli.Main",
                "demo",
                "--once",
                "--rate=max",
                "--json",
                "--data-dir=" + folder.resolve("data"),
                "--http-port=0");

    assertThat(run.status()).as(run.output()).isZero();
    List<String> lines = run.output().lines().toList();
    assertThat(lines.get(lines.size() - 1)).startsWith("{\"in\":").contains("\"deadLettered\":12");
  }

  /** As the Dockerfile lists them, over lines that end with a backslash. */
  private static String modules() throws Exception {
    Matcher matcher = MODULES.matcher(Files.readString(Path.of("Dockerfile")));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1).replaceAll("[\\\\\\s]", "");
  }
}
