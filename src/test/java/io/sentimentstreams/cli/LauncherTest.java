package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher, with a java and a mvn that only say what they were told. */
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private Path folder;

  private Path home;
  private Path tools;
  private final Map<String, String> environment = new HashMap<>();

  /** What a launch came to. */
  private record Launch(int status, String out, String err) {}

  @BeforeEach
  void makeProject() throws IOException {
    home = Files.createDirectories(folder.resolve("a project"));
    tools = Files.createDirectories(folder.resolve("tools"));
    Files.copy(Path.of("sentiment"), home.resolve("sentiment"));
    write(home.resolve("pom.xml"), "<project/>");
    write(home.resolve("src/main/java/Main.java"), "");
    java("17.0.15");
    tool(
        "mvn",
        """
        echo "mvn $*" >> builds.txt
        mkdir -p target/classes/io/sentimentstreams/cli
        touch target/classes/io/sentimentstreams/cli/Main.class "%1$s/a.jar"
        echo "%1$s/a.jar:b.jar" > target/class-path.txt
        """
            .formatted(folder));
  }

  @Test
  void freshClone_launched_isBuiltOnceThenRuns() throws Exception {
    Launch first = launch("score", "a b", "*");
    Launch second = launch("score");

    assertThat(first.status()).isZero();
    assertThat(first.err()).contains("sentiment: building");
    assertThat(first.out())
        .contains("[-Dsentiment.home=" + home + "]")
        .contains("[-cp][" + home + "/target/classes:" + folder + "/a.jar:b.jar]")
        .endsWith("[io.sentimentstreams.cli.Main][score][a b][*]\n");
    assertThat(second.err()).isEmpty();
    assertThat(builds()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"src/main/java/Main.java", "pom.xml", "src/main/resources/new.txt"})
  void changedSource_launched_isBuiltAgain(String source) throws Exception {
    launch("score");
    age(home);
    write(home.resolve(source), "changed");

    launch("score");

    assertThat(builds()).hasSize(2);
  }

  @Test
  void buildByHand_launched_isUsedAsItIs() throws Exception {
    launch("score");
    Files.delete(home.resolve("target/launcher.stamp"));

    launch("score");

    assertThat(builds()).hasSize(1);
  }

  @Test
  void lostJar_launched_isBuiltAgain() throws Exception {
    launch("score");
    Files.delete(folder.resolve("a.jar"));

    launch("score");

    assertThat(builds()).hasSize(2);
  }

  @Test
  void failedBuild_launched_saysSoAndRunsNothing() throws Exception {
    tool("mvn", "echo 'COMPILATION ERROR'; exit 1");

    Launch launch = launch("score");

    assertThat(launch.status()).isEqualTo(1);
    assertThat(launch.out()).isEmpty();
    assertThat(launch.err()).contains("COMPILATION ERROR", "sentiment: the build failed");
    assertThat(home.resolve("target/launcher.lock")).doesNotExist();
  }

  @Test
  void twoLaunches_atOnce_buildOnce() throws Exception {
    tool("mvn", "sleep 1\n" + Files.readString(tools.resolve("mvn")));
    Process first = start(home, "score");
    Process second = start(home, "score");

    assertThat(finish(first).status()).isZero();
    assertThat(finish(second).status()).isZero();
    assertThat(builds()).hasSize(1);
  }

  @Test
  void lockOfAProcessThatIsGone_launched_isTaken() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.createDirectories(home.resolve("target"));
    Files.createSymbolicLink(
        home.resolve("target/launcher.lock"), Path.of(Long.toString(gone.pid())));

    Launch launch = launch("score");

    assertThat(launch.status()).isZero();
    assertThat(builds()).hasSize(1);
  }

  @Test
  void installationWithLibraries_launched_needsNoMaven() throws Exception {
    Files.createDirectories(home.resolve("lib"));
    Files.delete(tools.resolve("mvn"));

    Launch launch = launch("demo");

    assertThat(launch.out()).contains("[-cp][" + home + "/lib/*]");
    assertThat(launch.err()).isEmpty();
  }

  @Test
  void otherWorkingFolderAndLink_launched_findTheProject() throws Exception {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.createSymbolicLink(elsewhere.resolve("link"), Path.of("../a project/sentiment"));

    Launch launch =
        finish(start(elsewhere, List.of(elsewhere.resolve("link").toString(), "score")));

    assertThat(launch.out()).contains("[-Dsentiment.home=" + home + "]");
    assertThat(launch.out()).startsWith(elsewhere + "\n");
  }

  @ParameterizedTest
  @CsvSource({"17.0.15, false", "21, false", "24.0.1, true", "25-ea, true"})
  void javaVersion_any_decidesTheFlags(String version, boolean flags) throws Exception {
    java(version);

    Launch launch = launch("score");

    assertThat(launch.status()).isZero();
    assertThat(launch.out().contains("[--enable-native-access=ALL-UNNAMED]")).isEqualTo(flags);
    assertThat(launch.out().contains("[--sun-misc-unsafe-memory-access=allow]")).isEqualTo(flags);
  }

  @ParameterizedTest
  @CsvSource({"11.0.2, Java 11", "1.8.0_402, Java 1"})
  void oldJava_found_isOneLine(String version, String named) throws Exception {
    java(version);

    Launch launch = launch("score");

    assertThat(launch.status()).isEqualTo(1);
    assertThat(launch.err()).startsWith("sentiment: ").contains(named, "17 or later");
    assertThat(launch.err().lines()).hasSize(1);
  }

  @Test
  void javaHome_wrong_isOneLine() throws Exception {
    environment.put("JAVA_HOME", "/no/such/jdk");

    Launch launch = launch("score");

    assertThat(launch.status()).isEqualTo(1);
    assertThat(launch.err()).startsWith("sentiment: JAVA_HOME is /no/such/jdk");
    assertThat(launch.err().lines()).hasSize(1);
  }

  @Test
  void usersOptions_set_arePassedOn() throws Exception {
    environment.put("SENTIMENT_JAVA_OPTS", "-Xmx1g -Da=b");
    environment.put("SENTIMENT_MAVEN_ARGS", "-Dcuda -o");

    Launch launch = launch("score");

    assertThat(launch.out()).contains("[-Xmx1g][-Da=b]");
    assertThat(builds().get(0)).contains("-Dcuda -o package");
  }

  @Test
  void timesOfHttpRequests_launched_areLimitedUnlessTheUserSaysElse() throws Exception {
    environment.put("JAVA_OPTS", "-Dsun.net.httpserver.maxReqTime=60");

    assertThat(launch("score").out())
        .containsSubsequence(
            "[-Dsun.net.httpserver.maxReqTime=10]", "[-Dsun.net.httpserver.maxReqTime=60]")
        .as("with this one, the JDK would end the page's feed")
        .doesNotContain("maxRspTime");
  }

  @Test
  void threadsOfLinearAlgebra_unset_areOne() throws Exception {
    assertThat(launch("score").out()).contains("OMP_NUM_THREADS=1\n");

    environment.put("OMP_NUM_THREADS", "4");
    assertThat(launch("score").out()).contains("OMP_NUM_THREADS=4\n");
  }

  private Launch launch(String... arguments) throws IOException, InterruptedException {
    return finish(start(home, arguments));
  }

  private Process start(Path workingFolder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("./sentiment"));
    command.addAll(Arrays.asList(arguments));
    return start(workingFolder, command);
  }

  private Process start(Path workingFolder, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(workingFolder.toFile());
    builder.environment().keySet().removeIf(name -> name.matches(".*JAVA.*|OMP_.*|SENTIMENT_.*"));
    builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Launch finish(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Launch(process.exitValue(), out, err);
  }

  private void java(String version) throws IOException {
    tool(
        "java",
        """
        if [ "$1" = -version ]; then
          echo "Picked up JAVA_TOOL_OPTIONS: -Dx" >&2
          echo 'openjdk version "%s" 2025-04-15' >&2
          exit
        fi
        pwd
        echo "OMP_NUM_THREADS=$OMP_NUM_THREADS"
        printf '[%%s]' "$@"
        echo
        """
            .formatted(version));
  }

  private void tool(String name, String script) throws IOException {
    Path file = tools.resolve(name);
    write(file, script.startsWith("#!") ? script : "#!/bin/bash\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(home.resolve("builds.txt"));
  }

  /** Makes all files as if written an hour ago, in the same order. */
  private static void age(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Instant modified = Files.getLastModifiedTime(file).toInstant();
        Files.setLastModifiedTime(file, FileTime.from(modified.minusSeconds(3600)));
      }
    }
  }

  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
