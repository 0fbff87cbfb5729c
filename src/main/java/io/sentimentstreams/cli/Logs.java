package io.sentimentstreams.cli;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** How much the commands log; where and in which form is in {@code log4j2.xml}. */
final class Logs {
  private static final String OWN = "io.sentimentstreams";

  private Logs() {}

  /** For a process that an operator watches: INFO, or DEBUG. */
  static void forOperators(boolean verbose) {
    Configurator.setLevel(OWN, verbose ? Level.DEBUG : Level.INFO);
  }

  /** For a command whose own output tells what happens: warnings, or INFO. */
  static void forPeople(boolean verbose) {
    Configurator.setLevel(OWN, verbose ? Level.INFO : Level.WARN);
  }
}
