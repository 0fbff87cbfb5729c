package io.sentimentstreams.cli;

import static java.util.Objects.requireNonNull;

import io.sentimentstreams.model.Provenance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which versions this build consists of; {@code versions.properties} is filled in by Maven. */
final class BuildVersions implements IVersionProvider {
  private static final String UNKNOWN = "unknown";

  /** What git leaves in the file where it makes no archive. */
  private static final String NO_ARCHIVE = "$Format";

  /** Digits of a commit's id that people read. */
  private static final int SHORT = 12;

  private final Properties versions = read();

  @Override
  public String[] getVersion() {
    return new String[] {
      "sentiment-streams %s, commit %s".formatted(of("project"), shortened(commit())),
      "Apache Kafka " + of("kafka"),
      "Deeplearning4j " + of("dl4j"),
      "OpenBLAS " + openblas(),
      "ONNX Runtime " + of("onnxruntime"),
      "built with Java " + of("java"),
      "Java " + Runtime.version() + ", " + system()
    };
  }

  /** The same by name, in this order. */
  Map<String, String> byName() {
    Map<String, String> named = new LinkedHashMap<>();
    named.put("version", of("project"));
    named.put("commit", commit());
    named.put("kafka", of("kafka"));
    named.put("dl4j", of("dl4j"));
    named.put("openblas", openblas());
    named.put("onnxruntime", of("onnxruntime"));
    named.put("builtWith", of("java"));
    named.put("java", Runtime.version().toString());
    named.put("system", system());
    return named;
  }

  /** What trains a model in this process. */
  static Provenance.Versions forProvenance() {
    BuildVersions versions = new BuildVersions();
    return new Provenance.Versions(
        versions.of("project"), versions.of("dl4j"), Runtime.version().toString(), system());
  }

  /** The id of the commit that was built; from an archive that git made, that archive's. */
  private String commit() {
    return commit(of("commit"), of("archive"));
  }

  static String commit(String built, String archive) {
    if (!built.equals(UNKNOWN)) {
      return built;
    }
    return archive.isEmpty() || archive.startsWith(NO_ARCHIVE) ? UNKNOWN : archive;
  }

  private static String shortened(String commit) {
    return commit.substring(0, Math.min(SHORT, commit.length()));
  }

  /** Without the version of the Java wrapper around it. */
  private String openblas() {
    return of("openblas").replaceFirst("-.*", "");
  }

  private String of(String key) {
    return versions.getProperty(key, UNKNOWN);
  }

  private static String system() {
    return System.getProperty("os.name") + " " + System.getProperty("os.arch");
  }

  private static Properties read() {
    Properties versions = new Properties();
    try (InputStream in =
        requireNonNull(BuildVersions.class.getResourceAsStream("versions.properties"))) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return versions;
  }
}
