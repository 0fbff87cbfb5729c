package io.sentimentstreams.cli;

import java.util.Locale;

/** How a line of the log looks. */
enum LogFormat {
  /** For people. */
  TEXT,
  /** One object a line, by the Elastic Common Schema. */
  JSON;

  /** As options, the environment and {@code log4j2.xml} name it. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
