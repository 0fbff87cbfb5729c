package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** How much the commands log; where and in which form is in {@code log4j2.xml}. */
final class Logs {
  private static final String OWN = "io.sentimentstreams";
  private static final String CLIENTS = "org.apache.kafka.clients";
  private static final String CONNECTIONS = CLIENTS + ".NetworkClient";

  private Logs() {}

  /** What libraries log by the JDK's own interface goes the way of all logs. */
  static void takeOver() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  /** In which form all logs are written from now on; as text unless told. */
  static void write(LogFormat format) {
    LoggerContext context = LoggerContext.getContext(false);
    Configuration configuration = context.getConfiguration();
    LoggerConfig root = configuration.getRootLogger();
    List.copyOf(root.getAppenders().keySet()).forEach(root::removeAppender);
    root.addAppender(configuration.getAppender(format.code()), null, null);
    context.updateLoggers();
  }

  /** An error as a line of the JSON logs, with its end. */
  static String json(String logger, String message, @Nullable Throwable thrown) {
    Appender appender =
        LoggerContext.getContext(false).getConfiguration().getAppender(LogFormat.JSON.code());
    return new String(
        appender
            .getLayout()
            .toByteArray(
                Log4jLogEvent.newBuilder()
                    .setLoggerName(logger)
                    .setLevel(Level.ERROR)
                    .setMessage(new SimpleMessage(message))
                    .setThrown(thrown)
                    .build()),
        UTF_8);
  }

  /** For a process that an operator watches: INFO, or DEBUG. */
  static void forOperators(boolean verbose) {
    Configurator.setLevel(OWN, verbose ? Level.DEBUG : Level.INFO);
  }

  /** For a command whose own output tells what happens: warnings, or INFO. */
  static void forPeople(boolean verbose) {
    Configurator.setLevel(OWN, verbose ? Level.INFO : Level.WARN);
  }

  /** For a command that runs a model: which backend computes it, and why, is to be seen. */
  static void tellBackend() {
    Configurator.setLevel(OWN + ".model.Backends", Level.INFO);
  }

  /** For the demo, whose broker warns of much that is as it should be. */
  static void forDemo(boolean verbose) {
    forPeople(verbose);
    tellBackend();
    Configurator.setLevel("org.apache.kafka", verbose ? Level.WARN : Level.ERROR);
    Configurator.setLevel("kafka", verbose ? Level.WARN : Level.ERROR);
    // On a slow machine it calls its own late heartbeat an error; a fatal fault is logged
    // elsewhere.
    Configurator.setLevel("org.apache.kafka.controller", verbose ? Level.WARN : Level.OFF);
  }

  /**
   * Kafka's clients warn several times a second of a broker that does not answer; while connecting,
   * one error in the end says it better.
   */
  static void whileConnecting(boolean verbose) {
    Configurator.setLevel(CLIENTS, verbose ? Level.WARN : Level.ERROR);
    // Calls refused credentials an error of its own.
    Configurator.setLevel(CONNECTIONS, verbose ? Level.WARN : Level.OFF);
  }

  /** Warnings of Kafka's clients are wanted again. */
  static void connected() {
    Configurator.setLevel(CLIENTS, Level.WARN);
    Configurator.setLevel(CONNECTIONS, Level.WARN);
  }
}
