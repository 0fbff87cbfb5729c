package io.sentimentstreams.stream;

import java.util.HashMap;
import java.util.Map;

/** Settings of one route {@code tweets}, and what a test adds to them. */
final class TestSettings {
  private TestSettings() {}

  static StreamSettings with(String... keysAndValues) {
    Map<String, String> overrides = new HashMap<>();
    overrides.put("http.port", "0");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      overrides.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return SettingsLoader.load(null, Map.of(), overrides);
  }
}
