package io.sentimentstreams.doctor;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.stream.Route;
import io.sentimentstreams.stream.StreamSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The models that the settings name: read, with their hashes. */
final class ModelChecks {
  /** Digits of a version that people read. */
  private static final int SHORT = 12;

  private ModelChecks() {}

  static List<Finding> check(StreamSettings settings) {
    List<Finding> findings = new ArrayList<>();
    for (Route route : settings.routes()) {
      findings.add(
          bundle("model of " + route.name(), route.model(), "routes." + route.name() + ".model"));
      if (route.shadow() != null) {
        findings.add(
            bundle(
                "shadow of " + route.name(),
                route.shadow().model(),
                "routes." + route.name() + ".shadow"));
      }
    }
    return findings;
  }

  private static Finding bundle(String what, Path folder, String setting) {
    try {
      ModelBundle bundle = ModelBundle.load(folder);
      return Finding.ok(
          what,
          "%s, version %s, labels %s; all hashes are right"
              .formatted(
                  bundle.name(),
                  bundle.version().substring(0, Math.min(SHORT, bundle.version().length())),
                  String.join(", ", bundle.manifest().model().labels().names())));
    } catch (InvalidInputException unusable) {
      return Finding.fail(
          what,
          String.valueOf(unusable.getMessage()),
          "name a whole bundle in %s".formatted(setting));
    }
  }
}
