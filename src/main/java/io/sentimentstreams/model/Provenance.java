package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a model comes from: enough to train it again.
 *
 * @param created when training ended
 * @param data what it was trained on
 * @param seed of everything random in training
 * @param versions of what trained it
 * @param commandLine that trained it
 * @param settings training settings by name, in order: each a string, boolean, integer or double
 */
public record Provenance(
    Instant created,
    DataDescription data,
    long seed,
    Versions versions,
    String commandLine,
    Map<String, Object> settings) {
  public Provenance {
    Map<String, Object> copy = new LinkedHashMap<>(settings);
    copy.forEach(Provenance::requirePlain);
    settings = Collections.unmodifiableMap(copy);
  }

  private static void requirePlain(String name, Object value) {
    boolean plain =
        value instanceof String
            || value instanceof Boolean
            || value instanceof Integer
            || value instanceof Long
            || (value instanceof Double number && Double.isFinite(number));
    if (!plain) {
      throw new InvalidInputException(
          "provenance: settings: %s is %s, but must be a string, boolean, integer or finite double"
              .formatted(name, value));
    }
  }

  /**
   * The labelled texts and how they were divided.
   *
   * @param name file or folder
   * @param sha256 hex digest of the texts, see the corpus
   * @param rows labelled texts
   * @param split into training, validation and test
   */
  public record DataDescription(String name, String sha256, long rows, SplitDescription split) {
    public DataDescription {
      Checks.notBlank("data: name", name);
      Checks.sha256("data: sha256", sha256);
      Checks.atLeast("data: rows", rows, 1);
    }
  }

  /**
   * A division into training, validation and test.
   *
   * @param seed of the split
   * @param validationShare of the rows, as asked for
   * @param testShare of the rows, as asked for
   * @param trainingRows as they came out
   * @param validationRows as they came out
   * @param testRows as they came out
   */
  public record SplitDescription(
      long seed,
      double validationShare,
      double testShare,
      long trainingRows,
      long validationRows,
      long testRows) {
    public SplitDescription {
      Checks.share("split: validationShare", validationShare);
      Checks.share("split: testShare", testShare);
      Checks.atLeast("split: trainingRows", trainingRows, 0);
      Checks.atLeast("split: validationRows", validationRows, 0);
      Checks.atLeast("split: testRows", testRows, 0);
    }
  }

  /**
   * What ran.
   *
   * @param project this project's version
   * @param dl4j Deeplearning4j's version
   * @param java the JVM's version
   * @param os operating system and processor architecture
   */
  public record Versions(String project, String dl4j, String java, String os) {
    public Versions {
      Checks.notBlank("versions: project", project);
      Checks.notBlank("versions: dl4j", dl4j);
      Checks.notBlank("versions: java", java);
      Checks.notBlank("versions: os", os);
    }
  }
}
