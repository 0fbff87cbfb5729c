package io.sentimentstreams.broker;

import io.sentimentstreams.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * TLS and passwords (SASL/SCRAM-SHA-512) for the clients of a broker. The passwords are stored,
 * salted, where a data folder is formatted: a folder that is in use keeps those that it has.
 *
 * @param keystore the broker's certificate and key, PKCS12; the certificate must be for 127.0.0.1
 * @param keystorePassword of the file and the key in it
 * @param users passwords by name; the broker itself is one of them, {@link #BROKER}
 */
public record BrokerSecurity(Path keystore, String keystorePassword, Map<String, String> users) {
  /** The user that the broker is to itself, when it ends transactions. */
  public static final String BROKER = "broker";

  private static final String MECHANISM = "SCRAM-SHA-512";
  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._-]+");

  public BrokerSecurity {
    users = Map.copyOf(users);
    if (!users.containsKey(BROKER)) {
      throw new InvalidInputException(
          "broker users: %s is missing; give it a password".formatted(BROKER));
    }
    users.forEach(
        (name, password) -> {
          if (!LEGAL.matcher(name).matches() || !LEGAL.matcher(password).matches()) {
            throw new InvalidInputException(
                "broker users: name and password of \"%s\" must be of letters, digits, \".\", \"_\" and \"-\""
                    .formatted(name));
          }
        });
  }

  /** What the formatter of the data folder takes. */
  List<String> scramArguments() {
    return new TreeMap<>(users)
        .entrySet().stream()
            .map(
                user ->
                    MECHANISM + "=[name=%s,password=%s]".formatted(user.getKey(), user.getValue()))
            .toList();
  }

  /** The broker's settings. */
  void addTo(Properties properties) {
    properties.put("ssl.keystore.type", "PKCS12");
    properties.put("ssl.keystore.location", keystore.toString());
    properties.put("ssl.keystore.password", keystorePassword);
    properties.put("ssl.key.password", keystorePassword);
    // The broker trusts itself: its certificate is its own authority.
    properties.put("ssl.truststore.type", "PKCS12");
    properties.put("ssl.truststore.location", keystore.toString());
    properties.put("ssl.truststore.password", keystorePassword);
    properties.put("sasl.enabled.mechanisms", MECHANISM);
    properties.put("sasl.mechanism.inter.broker.protocol", MECHANISM);
    properties.put(
        "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(BROKER, users.get(BROKER)));
  }

  /** Names the users, never a password. */
  @Override
  public String toString() {
    return "BrokerSecurity[%s, users %s]".formatted(keystore, new TreeMap<>(users).keySet());
  }
}
