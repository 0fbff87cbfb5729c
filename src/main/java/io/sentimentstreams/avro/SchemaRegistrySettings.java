package io.sentimentstreams.avro;

import io.sentimentstreams.InvalidInputException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the schemas of Avro routes are.
 *
 * @param properties as Apicurio's serdes name them, without the {@code apicurio.registry.} in
 *     front; {@link #KEYS} are known
 */
public record SchemaRegistrySettings(Map<String, String> properties) {
  /** The registry's address. */
  public static final String URL = "url";

  /** Whether the schema of labelled events is registered where the registry does not have it. */
  static final String AUTO_REGISTER = "auto-register";

  /**
   * All that can be set. What else the serdes have would read or write other bytes than the schemas
   * of this application say, or belongs to it.
   */
  public static final List<String> KEYS =
      List.of(
          URL,
          AUTO_REGISTER,
          "artifact.group-id",
          "use-id",
          "id-handler",
          "auth.username",
          "auth.password",
          "auth.service.token.endpoint",
          "auth.client.id",
          "auth.client.secret",
          "auth.client.scope",
          "tls.truststore.location",
          "tls.truststore.password",
          "tls.truststore.type",
          "tls.certificates",
          "tls.trust-all",
          "tls.verify-host",
          "proxy.host",
          "proxy.port",
          "proxy.username",
          "proxy.password");

  /** None. */
  public static final SchemaRegistrySettings NONE = new SchemaRegistrySettings(Map.of());

  private static final Set<String> WEB = Set.of("http", "https");

  public SchemaRegistrySettings {
    properties = Map.copyOf(properties);
    String url = properties.get(URL);
    if (url != null) {
      requireAddress(url);
    }
  }

  /** The registry's address, null where there is none. */
  public @Nullable String url() {
    return properties.get(URL);
  }

  private static void requireAddress(String url) {
    try {
      URI address = new URI(url);
      boolean known =
          address.getHost() != null && WEB.contains(String.valueOf(address.getScheme()));
      if (known && address.getUserInfo() == null) {
        return;
      }
    } catch (URISyntaxException noAddress) {
      throw wrong(noAddress);
    }
    throw wrong(null);
  }

  /** Without the address, which may hold a password. */
  private static InvalidInputException wrong(@Nullable Throwable cause) {
    return new InvalidInputException(
        "schemaRegistry.url: no address of a registry: give one such as http://localhost:8080/apis/registry/v3, credentials by schemaRegistry.auth.username and schemaRegistry.auth.password",
        cause);
  }

  /** Names the settings without their values, which may be secrets. */
  @Override
  public String toString() {
    return "SchemaRegistrySettings" + properties.keySet().stream().sorted().toList();
  }
}
