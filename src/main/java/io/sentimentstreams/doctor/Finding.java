package io.sentimentstreams.doctor;

import java.util.Locale;

/**
 * What one check found, on one line.
 *
 * @param level whether the stream can work with it
 * @param what was checked, such as {@code topic tweets}
 * @param detail as it is
 * @param remedy what to do; empty where all is well
 */
public record Finding(Level level, String what, String detail, String remedy) {
  /** How bad it is. */
  public enum Level {
    OK,
    /** The stream may start, but is slower or less than it could be, or it could not be told. */
    WARN,
    /** The stream does not start, or does not work. */
    FAIL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Finding {
    detail = detail.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  static Finding ok(String what, String detail) {
    return new Finding(Level.OK, what, detail, "");
  }

  static Finding warn(String what, String detail, String remedy) {
    return new Finding(Level.WARN, what, detail, remedy);
  }

  static Finding fail(String what, String detail, String remedy) {
    return new Finding(Level.FAIL, what, detail, remedy);
  }
}
