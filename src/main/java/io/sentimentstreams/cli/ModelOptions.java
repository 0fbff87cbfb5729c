package io.sentimentstreams.cli;

import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.Device;
import io.sentimentstreams.model.TextClassifier;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which model a command uses, what computes it and where. */
@Manual(files = ModelOptions.FILE)
final class ModelOptions {
  /** Of {@link Manual#files}, for all commands that are given models. */
  static final String FILE = "models/: the shipped models";

  @SuppressWarnings("NullAway.Init") // picocli sets it: it is required
  @Option(
      names = "--model",
      required = true,
      paramLabel = "FOLDER",
      description = "The model, such as models/tweets-bilstm.")
  private Path model;

  @Option(
      names = "--backend",
      completionCandidates = Candidates.Backends.class,
      defaultValue = "auto",
      paramLabel = "BACKEND",
      converter = BackendKindConverter.class,
      description = "What computes: " + BackendKind.CODES + " (default: ${DEFAULT-VALUE}).")
  private BackendKind backend = BackendKind.AUTO;

  @Option(
      names = "--device",
      completionCandidates = Candidates.Devices.class,
      defaultValue = "auto",
      paramLabel = "DEVICE",
      converter = DeviceConverter.class,
      description = "Where to compute: " + Device.CODES + " (default: ${DEFAULT-VALUE}).")
  private Device device = Device.AUTO;

  /** Loads the model for one thread. */
  TextClassifier open(Shell shell) {
    return TextClassifier.open(folder(shell, model), backend, device, 1);
  }

  /**
   * A model's folder as the user sees it, or else in the project, so that shipped models are found.
   */
  static Path folder(Shell shell, Path model) {
    Path shipped = shell.home().resolve(model);
    return Files.exists(model) || !Files.exists(shipped) ? model : shipped;
  }
}
