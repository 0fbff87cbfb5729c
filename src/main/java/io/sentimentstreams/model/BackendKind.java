package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import java.util.Locale;

/** What computes a network. */
public enum BackendKind {
  /** What suits the device, the network and the build best; the log says what and why. */
  AUTO,
  /** This project's own code for the CPU. */
  COMPILED,
  /** Deeplearning4j on ND4J, CPU or CUDA: the reference. */
  DL4J,
  /** ONNX Runtime on the exported network, CPU or CUDA. */
  ONNX;

  /** The codes of all kinds, for messages and help. */
  public static final String CODES = "auto, compiled, dl4j or onnx";

  /** The name in settings, options and messages: lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The kind of a code, in any case.
   *
   * @throws InvalidInputException naming the value and the possible ones
   */
  public static BackendKind parse(String value) {
    for (BackendKind kind : values()) {
      if (kind.name().equalsIgnoreCase(value)) {
        return kind;
      }
    }
    throw new InvalidInputException("\"%s\" is no backend: give %s".formatted(value, CODES));
  }

  /** The code. */
  @Override
  public String toString() {
    return code();
  }
}
