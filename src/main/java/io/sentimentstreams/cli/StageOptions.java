package io.sentimentstreams.cli;

import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.Device;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What computes the models of a stream, and where; over the settings where given. */
final class StageOptions {
  @Option(
      names = "--backend",
      completionCandidates = Candidates.Backends.class,
      paramLabel = "BACKEND",
      converter = BackendKindConverter.class,
      description =
          "What computes: " + BackendKind.CODES + " (default: the setting backend, auto).")
  private @Nullable BackendKind backend;

  @Option(
      names = "--device",
      completionCandidates = Candidates.Devices.class,
      paramLabel = "DEVICE",
      converter = DeviceConverter.class,
      description = "Where: " + Device.CODES + " (default: the setting device, auto).")
  private @Nullable Device device;

  /** The settings that were given. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    if (backend != null) {
      settings.put("backend", backend.code());
    }
    if (device != null) {
      settings.put("device", device.toString());
    }
    return settings;
  }
}
