package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Takes the secrets among Kafka's settings out of messages. Kafka hides them itself where it knows
 * a setting; this is for messages that quote a value that could not be read.
 */
final class Secrets {
  private static final String HIDDEN = "[hidden]";
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)+)\"");

  /** What messages on {@code sasl.jaas.config} have, of which they quote any word. */
  private static final Pattern ABOUT_JAAS = Pattern.compile("JAAS config\\b|No LoginModule");

  private static final String JAAS_CONFIG = "sasl.jaas.config";
  private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s]+@");

  /** A shorter text is no secret, and taking it out would leave a message without sense. */
  private static final int SHORTEST = 4;

  private Secrets() {}

  /** Whether a setting's value is one, by its name; prefixes of Kafka Streams may stand before. */
  static boolean isSecret(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    return name.endsWith("password")
        || name.endsWith("jaas.config")
        || name.endsWith("ssl.keystore.key")
        || name.endsWith("secret")
        || name.endsWith("token")
        || name.endsWith("passphrase")
        || name.endsWith("basic.auth.user.info");
  }

  /** A setting's value to be shown: nothing of it where it is a secret, no password of a URL. */
  static String masked(String key, String value) {
    return isSecret(key) ? HIDDEN : USER_INFO.matcher(value).replaceAll("://" + HIDDEN + "@");
  }

  /**
   * The message without them: without whole values, and without what is quoted in them, as the
   * password is in {@code sasl.jaas.config}.
   */
  static String redact(String message, Map<String, String> kafka) {
    String redacted = message;
    for (Map.Entry<String, String> setting : kafka.entrySet()) {
      if (isSecret(setting.getKey())) {
        redacted = without(redacted, setting.getValue());
        for (String part :
            QUOTED.matcher(setting.getValue()).results().map(Secrets::content).toList()) {
          redacted = without(redacted, part);
        }
      }
    }
    return redacted;
  }

  /**
   * What a client says of settings that it cannot use, without secrets. Where the failure itself
   * quotes one, it is no cause, so that no trace shows it. A login configuration that cannot be
   * read may have its password anywhere: nothing is quoted of it.
   *
   * @param about begins the message, unless it is known which setting is meant
   */
  static InvalidInputException refusal(String about, Throwable failure, Map<String, String> kafka) {
    if (isAboutJaas(failure)) {
      Optional<String> key =
          kafka.keySet().stream().filter(name -> name.endsWith(JAAS_CONFIG)).sorted().findFirst();
      if (key.isPresent()) {
        return new InvalidInputException(
            "kafka.%s: no login configuration that can be used; give a module of the class path and its options, such as org.apache.kafka.common.security.scram.ScramLoginModule required username=\"...\" password=\"...\";"
                .formatted(key.get()));
      }
    }
    String message =
        "%s: %s"
            .formatted(
                KeyFiles.blamedBy(failure, kafka).orElse(about),
                redact(Causes.deepestMessage(failure), kafka));
    return isQuotedBy(failure, kafka)
        ? new InvalidInputException(message)
        : new InvalidInputException(message, failure);
  }

  private static boolean isAboutJaas(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (ABOUT_JAAS.matcher(cause.toString()).find()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isQuotedBy(Throwable failure, Map<String, String> kafka) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String text = cause.toString();
      if (!redact(text, kafka).equals(text)) {
        return true;
      }
    }
    return false;
  }

  private static String content(MatchResult quoted) {
    return quoted.group(1);
  }

  private static String without(String message, String secret) {
    return secret.length() < SHORTEST ? message : message.replace(secret, HIDDEN);
  }
}
