package io.sentimentstreams.cli;

import static java.util.Objects.requireNonNull;

import io.sentimentstreams.model.Provenance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which versions this build consists of; {@code versions.properties} is filled in by Maven. */
final class BuildVersions implements IVersionProvider {

  @Override
  public String[] getVersion() {
    Properties versions = read();
    return new String[] {
      "sentiment-streams " + versions.getProperty("project"),
      "Apache Kafka " + versions.getProperty("kafka"),
      "Deeplearning4j " + versions.getProperty("dl4j"),
      "ONNX Runtime " + versions.getProperty("onnxruntime"),
      "Java " + Runtime.version() + ", " + system()
    };
  }

  /** What trains a model in this process. */
  static Provenance.Versions forProvenance() {
    Properties versions = read();
    return new Provenance.Versions(
        versions.getProperty("project"),
        versions.getProperty("dl4j"),
        Runtime.version().toString(),
        system());
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
