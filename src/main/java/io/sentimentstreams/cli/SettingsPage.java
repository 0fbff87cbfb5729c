package io.sentimentstreams.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sentimentstreams.stream.EffectiveSetting;
import io.sentimentstreams.web.Answer;
import java.util.List;

/** {@code /config}: the settings in force and where each is from, as JSON. */
final class SettingsPage {
  private static final JsonMapper JSON = new JsonMapper();

  private SettingsPage() {}

  static Answer of(List<EffectiveSetting> settings) {
    ObjectNode page = JSON.createObjectNode();
    for (EffectiveSetting setting : settings) {
      page.putObject(setting.key()).put("value", setting.value()).put("source", setting.source());
    }
    try {
      return Answer.of(200, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(page));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("strings always become JSON", impossible);
    }
  }
}
