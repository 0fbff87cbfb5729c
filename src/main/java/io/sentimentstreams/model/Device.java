package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where inference runs. Written {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:1}; {@code
 * cuda} is {@code cuda:0}.
 *
 * @param kind of processor
 * @param index of the GPU among those that CUDA shows to the process, from 0; 0 for the others
 */
public record Device(Kind kind, int index) {
  /** A GPU where build and machine have one, else the CPU. */
  public static final Device AUTO = new Device(Kind.AUTO, 0);

  public static final Device CPU = new Device(Kind.CPU, 0);

  /** What can be written, for messages and help. */
  public static final String CODES = "auto, cpu, cuda or cuda:N";

  private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,4}))?");

  /** Kind of processor. */
  public enum Kind {
    /** The GPU where the build and the machine have one, else the CPU. */
    AUTO,
    CPU,
    /** A GPU, or a clear failure. */
    CUDA
  }

  public Device {
    if (index < 0 || (index > 0 && kind != Kind.CUDA)) {
      throw new InvalidInputException(
          "device: index %d of %s, but only cuda has one, from 0"
              .formatted(index, kind.name().toLowerCase(Locale.ROOT)));
    }
  }

  /** The GPU of this index, from 0. */
  public static Device cuda(int index) {
    return new Device(Kind.CUDA, index);
  }

  /**
   * Reads a device, in any case.
   *
   * @throws InvalidInputException naming the value and the possible ones
   */
  public static Device parse(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    Matcher cuda = CUDA.matcher(lower);
    if (cuda.matches()) {
      String index = cuda.group(1);
      return cuda(index == null ? 0 : Integer.parseInt(index));
    }
    return switch (lower) {
      case "auto" -> AUTO;
      case "cpu" -> CPU;
      default ->
          throw new InvalidInputException(
              "\"%s\" is no device: give %s, N a GPU's number from 0".formatted(value, CODES));
    };
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return index == 0 ? name : name + ":" + index;
  }
}
