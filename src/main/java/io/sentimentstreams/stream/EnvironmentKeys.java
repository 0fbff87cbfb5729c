package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From the names of environment variables to the keys of settings. */
final class EnvironmentKeys {
  private static final String PREFIX = "SENTIMENT_";
  private static final String ROUTES = Setting.environmentName(Setting.ROUTES);
  private static final String KAFKA = Setting.environmentName(Setting.KAFKA);

  /** Variables of the launcher and of the tests, which are no settings. */
  private static final Set<String> OTHERS =
      Set.of(
          "SENTIMENT_DATA",
          "SENTIMENT_DEBUG",
          "SENTIMENT_JAVA_OPTS",
          "SENTIMENT_LOG",
          "SENTIMENT_MAVEN_ARGS");

  /**
   * What Kubernetes tells each container of the services in its namespace. For a service whose name
   * begins with "sentiment" they look like settings.
   */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(".+(_SERVICE_HOST|_SERVICE_PORT(_.+)?|_PORT(_\\d+_(TCP|UDP|SCTP)(_.+)?)?)");

  private final Set<String> routeNames;

  /** Keys where these routes are known already. */
  EnvironmentKeys(Set<String> routeNames) {
    this.routeNames = routeNames;
  }

  /** The key of a variable, null where it is none of the application's settings. */
  @Nullable String keyOf(String variable) {
    if (!variable.startsWith(PREFIX) || OTHERS.contains(variable)) {
      return null;
    }
    String name = variable.substring(PREFIX.length());
    if (name.startsWith(KAFKA)) {
      return Setting.KAFKA
          + name.substring(KAFKA.length()).replace('_', '.').toLowerCase(Locale.ROOT);
    }
    if (name.startsWith(ROUTES)) {
      return routeKey(variable, name.substring(ROUTES.length()));
    }
    for (Setting setting : Setting.GENERAL) {
      if (setting.environmentName().equals(name)) {
        return setting.key();
      }
    }
    for (String key : Setting.OF_THE_REGISTRY) {
      if (Setting.environmentName(key).equals(name)) {
        return key;
      }
    }
    if (SERVICE_LINK.matcher(variable).matches()) {
      return null;
    }
    throw unknown(variable);
  }

  private String routeKey(String variable, String nameAndField) {
    for (String field : Setting.OF_A_ROUTE) {
      String suffix = "_" + Setting.environmentName(field);
      if (nameAndField.endsWith(suffix)) {
        String name = nameAndField.substring(0, nameAndField.length() - suffix.length());
        return Setting.ROUTES + routeName(name) + "." + field;
      }
    }
    throw unknown(variable);
  }

  /** The known route of that name, else a new one with hyphens for the underscores. */
  private String routeName(String name) {
    return routeNames.stream()
        .filter(known -> Setting.environmentName(known).equals(name))
        .findFirst()
        .orElse(name.toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private static InvalidInputException unknown(String variable) {
    return new InvalidInputException(
        "environment variable %s: no such setting; unset it, or name it as the settings table does"
            .formatted(variable));
  }
}
