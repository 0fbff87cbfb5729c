package io.sentimentstreams.chaos;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.ModelBundle;
import java.nio.file.Path;
import java.util.List;

/**
 * A model that the route may use.
 *
 * @param version the hash of its content, which outputs name
 */
record ChaosModel(Path folder, String name, String version, Labels labels) {

  /**
   * Reads and checks the bundles.
   *
   * @throws InvalidInputException where one cannot be used in the place of another
   */
  static List<ChaosModel> load(List<Path> folders) {
    List<ChaosModel> models = folders.stream().map(ChaosModel::load).toList();
    for (ChaosModel model : models) {
      if (!model.labels.equals(models.get(0).labels)) {
        throw new InvalidInputException(
            "model: %s has other labels than %s; instances would refuse it"
                .formatted(model.name, models.get(0).name));
      }
    }
    if (models.stream().map(ChaosModel::version).distinct().count() < models.size()) {
      throw new InvalidInputException("model: one is given twice; nobody could tell them apart");
    }
    return models;
  }

  private static ChaosModel load(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    ModelBundle bundle = ModelBundle.load(absolute);
    return new ChaosModel(
        absolute, bundle.name(), bundle.version(), bundle.manifest().model().labels());
  }
}
