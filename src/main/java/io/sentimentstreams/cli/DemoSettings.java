package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.EventFormat;
import io.sentimentstreams.stream.LoadedSettings;
import io.sentimentstreams.stream.Route;
import io.sentimentstreams.stream.SettingsLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stream's settings in the demo: the shipped routes and models, the outputs with their texts,
 * the demo's own broker. Environment variables and {@code --set} change the rest.
 */
final class DemoSettings {
  private static final int USUAL_HTTP_PORT = 8080;

  /** The shipped ones. */
  static final List<String> ROUTES = List.of("tweets", "reviews");

  private DemoSettings() {}

  /**
   * What the user said of it.
   *
   * @param stage settings of what computes and where
   * @param httpPort null for the usual one, or a free one where that is taken
   * @param route the route that {@code textColumn} is for
   * @param textColumn name or JSON pointer of the events' field with the text, null for the usual
   * @param overrides settings that win over all but the broker
   */
  record Wishes(
      Map<String, String> stage,
      @Nullable Integer httpPort,
      String route,
      @Nullable String textColumn,
      Map<String, String> overrides) {}

  static LoadedSettings load(
      Path home, Map<String, String> environment, String bootstrapServers, Wishes wishes) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("applicationId", "sentiment-demo");
    // After a demo that was killed, the next one waits for so long until its partitions are free.
    settings.put("kafka.consumer.session.timeout.ms", "10000");
    for (String route : ROUTES) {
      settings.put("routes." + route + ".includeText", "true");
      Path model = home.resolve("models").resolve(route + "-bilstm");
      putUnlessSet("routes." + route + ".model", model.toString(), environment, settings);
    }
    if (wishes.textColumn() != null) {
      settings.put("routes." + wishes.route() + ".textPointer", pointer(wishes.textColumn()));
    }
    settings.putAll(wishes.stage());
    if (wishes.httpPort() == null) {
      putUnlessSet("http.port", Integer.toString(usualHttpPort()), environment, settings);
    } else {
      settings.put("http.port", Integer.toString(wishes.httpPort()));
    }
    settings.putAll(wishes.overrides());
    settings.put("bootstrapServers", bootstrapServers);
    LoadedSettings loaded =
        SettingsLoader.loadToShow(null, environment, settings, "demo or command line");
    for (Route route : loaded.settings().routes()) {
      if (route.format() == EventFormat.AVRO) {
        throw new InvalidInputException(
            "routes.%s.format: avro, but the demo sends and reads JSON; leave it out, or run stream"
                .formatted(route.name()));
      }
    }
    return loaded;
  }

  /** The JSON pointer (RFC 6901) of a field, unless it is one already. */
  static String pointer(String column) {
    return column.startsWith("/") ? column : "/" + column.replace("~", "~0").replace("/", "~1");
  }

  private static void putUnlessSet(
      String key, String value, Map<String, String> environment, Map<String, String> settings) {
    String variable = "SENTIMENT_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
    if (!environment.containsKey(variable)) {
      settings.put(key, value);
    }
  }

  /** 0, for a free one, where somebody else has it. */
  private static int usualHttpPort() {
    try (ServerSocket probe =
        new ServerSocket(USUAL_HTTP_PORT, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException taken) {
      return 0;
    }
  }
}
