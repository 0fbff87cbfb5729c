package io.sentimentstreams.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sentimentstreams.text.Padding;

/**
 * Manifests of format 1, which held one of two networks by the names of {@link NetworkForm}. They
 * are read as if they were of the present format, and keep their number and their version.
 */
final class FormatOne {
  static final int NUMBER = 1;

  private FormatOne() {}

  /**
   * Gives a manifest the fields of the present format.
   *
   * @throws JsonProcessingException where its network is none of the two
   */
  static void upgrade(JsonNode manifest) throws JsonProcessingException {
    if (manifest.path("model") instanceof ObjectNode model && model.path("network").isObject()) {
      NetworkForm form = network(model.path("network"));
      model.set("network", Json.STRICT.valueToTree(form.spec()));
      if (model.path("text") instanceof ObjectNode text) {
        text.set("padding", Json.STRICT.valueToTree(Padding.NONE));
      }
    }
  }

  private static NetworkForm network(JsonNode json) throws JsonProcessingException {
    try {
      return Json.STRICT.treeToValue(json, NetworkForm.class);
    } catch (JsonMappingException e) {
      e.prependPath(ModelSpec.class, "network");
      e.prependPath(ModelManifest.class, "model");
      throw e;
    }
  }

  /** Gives the JSON form of a model the fields that it had in format 1. */
  static void downgrade(ObjectNode model, ModelSpec spec) {
    model.set("network", Json.STRICT.valueToTree(NetworkForm.require(spec.network())));
    if (model.path("text") instanceof ObjectNode text) {
      text.remove("padding");
    }
  }
}
