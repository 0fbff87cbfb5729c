package io.sentimentstreams.stream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The name of a process among all that label the same topics. */
final class InstanceName {
  private InstanceName() {}

  /** The host's name with six hexadecimal digits that differ from start to start. */
  static String next(Map<String, String> environment, RandomGenerator random) {
    return "%s-%06x".formatted(host(environment), random.nextInt(1 << 24));
  }

  private static String host(Map<String, String> environment) {
    String set = environment.getOrDefault("HOSTNAME", "");
    if (!set.isBlank()) {
      return set;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "host";
    }
  }
}
