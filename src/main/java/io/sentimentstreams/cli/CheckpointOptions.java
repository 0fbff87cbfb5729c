package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.train.Checkpoints;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where a training leaves checkpoints, and whether it goes on from one. */
final class CheckpointOptions {
  /**
   * How often within an epoch.
   *
   * @param steps 0 for by the time
   * @param time zero for by the steps
   */
  record Every(int steps, Duration time) {
    /** Reads {@code 200}, {@code 30s}, {@code 5m} or {@code 1h}. */
    static final class Converter implements ITypeConverter<Every> {
      private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})([smh]?)");

      @Override
      public Every convert(String value) {
        Matcher form = FORM.matcher(value.toLowerCase(Locale.ROOT));
        if (!form.matches()) {
          throw new TypeConversionException(
              "\"%s\" is neither a number of steps, such as 200, nor a time, such as 30s, 5m or 1h"
                  .formatted(value));
        }
        int number = Integer.parseInt(form.group(1));
        return switch (form.group(2)) {
          case "s" -> new Every(0, Duration.ofSeconds(number));
          case "m" -> new Every(0, Duration.ofMinutes(number));
          case "h" -> new Every(0, Duration.ofHours(number));
          default -> new Every(number, Duration.ZERO);
        };
      }
    }
  }

  @Option(
      names = "--checkpoint",
      paramLabel = "FOLDER",
      description =
          "Keep there what training needs to go on after a kill: written after each epoch and"
              + " --checkpoint-every, deleted at the end.")
  private @Nullable Path folder;

  @Option(
      names = "--checkpoint-every",
      defaultValue = "5m",
      paramLabel = "N",
      converter = Every.Converter.class,
      description =
          "Steps or time between two checkpoints of an epoch: 200, 30s, 5m, 1h (default:"
              + " ${DEFAULT-VALUE}).")
  private Every every = new Every(0, Duration.ZERO);

  @Option(
      names = "--resume",
      description =
          "Go on from the checkpoint, to the same model as without the kill; where there is none,"
              + " begin.")
  private boolean resume;

  /**
   * Where, checked; null for nowhere.
   *
   * @throws InvalidInputException where the folder cannot be used
   */
  @Nullable Checkpoints checkpoints() {
    if (folder == null) {
      if (resume) {
        throw new InvalidInputException(
            "--resume needs the folder to go on from: give --checkpoint FOLDER, too");
      }
      return null;
    }
    Checkpoints checkpoints = new Checkpoints(folder, every.steps(), every.time(), resume);
    checkpoints.requireUsable();
    return checkpoints;
  }
}
