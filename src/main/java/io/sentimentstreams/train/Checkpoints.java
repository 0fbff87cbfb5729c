package io.sentimentstreams.train;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a training leaves checkpoints: after each epoch, after so many steps or after so long.
 *
 * @param folder holds one file, the newest checkpoint
 * @param steps between two within an epoch; 0 for by the time alone
 * @param time between two within an epoch; zero for by the steps alone
 * @param resume whether to go on from the checkpoint that is there; where there is none, training
 *     begins at its start
 */
public record Checkpoints(Path folder, int steps, Duration time, boolean resume) {
  private static final String FILE = "checkpoint.safetensors";

  public Checkpoints {
    if (steps < 0 || time.isNegative()) {
      throw new InvalidInputException(
          "checkpoints: every %d steps or %s, but neither can be below 0".formatted(steps, time));
    }
  }

  /** The file of the newest one. */
  Path file() {
    return folder.resolve(FILE);
  }

  /** Whether there is one to go on from. */
  public boolean exists() {
    return Files.exists(file());
  }

  /**
   * Makes the folder, and checks that no other training's checkpoint would be overwritten.
   *
   * @throws InvalidInputException where it cannot be used
   */
  public void requireUsable() {
    if (!resume && exists()) {
      throw new InvalidInputException(
          "checkpoint %s: holds a training that was interrupted; go on with it by --resume, or delete the folder or choose another"
              .formatted(folder));
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InvalidInputException(
          "checkpoint %s: cannot be made a folder (%s)".formatted(folder, e.getMessage()), e);
    }
    if (!Files.isWritable(folder)) {
      throw new InvalidInputException("checkpoint %s: is read-only".formatted(folder));
    }
  }

  /** Deletes the checkpoint of a training that is over, and the folder if it is empty then. */
  public void delete() {
    try {
      Files.deleteIfExists(file());
      try (var left = Files.list(folder)) {
        if (left.findAny().isPresent()) {
          return;
        }
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new InvalidInputException(
          "checkpoint %s: cannot be deleted (%s)".formatted(folder, e.getMessage()), e);
    }
  }
}
