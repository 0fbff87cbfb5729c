package io.sentimentstreams.cli;

import io.sentimentstreams.stream.SettingsLoader;
import io.sentimentstreams.stream.StreamSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The stream's settings, for a command that looks at its topics: {@code --config}, {@code --set}.
 */
@Manual(environment = SettingsOptions.VARIABLES, files = SettingsOptions.FILE)
final class SettingsOptions {
  /** Of {@link Manual#environment}, for all commands that read the stream's settings. */
  static final String VARIABLES =
      "SENTIMENT_SETTING: any setting, as SENTIMENT_BOOTSTRAP_SERVERS for bootstrapServers; over"
          + " the file, below --set";

  /** Of {@link Manual#files}, for those that have {@code --config}. */
  static final String FILE =
      "sentiment.yaml: settings to copy and change; read where --config names it, and only then";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The stream's settings, in YAML or as .properties.")
  private @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, over those of file and environment; may be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  /** As {@code sentiment stream} would read them. */
  StreamSettings load(Shell shell) {
    return SettingsLoader.load(config, shell.environment(), overrides);
  }
}
