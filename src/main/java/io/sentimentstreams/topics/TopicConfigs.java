package io.sentimentstreams.topics;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;

/** What the values of a topic's settings mean. */
final class TopicConfigs {
  /** Set while partitions are moved, by whatever moves them; no file's business. */
  private static final Set<String> OF_MOVES =
      Set.of("leader.replication.throttled.replicas", "follower.replication.throttled.replicas");

  private TopicConfigs() {}

  static boolean isOfMoves(String key) {
    return OF_MOVES.contains(key);
  }

  /** Whether two values say the same: as numbers, as lists in any order, or as texts. */
  static boolean same(String one, String other) {
    if (one.equals(other)) {
      return true;
    }
    try {
      return new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
    } catch (NumberFormatException noNumbers) {
      return items(one).equals(items(other));
    }
  }

  /** Whether the broker may delete records then that it keeps now. */
  static boolean mayDelete(String key, String from, String to) {
    return switch (key) {
      case TopicConfig.CLEANUP_POLICY_CONFIG -> !items(from).containsAll(items(to));
      case TopicConfig.RETENTION_MS_CONFIG, TopicConfig.RETENTION_BYTES_CONFIG ->
          bound(to).compareTo(bound(from)) < 0;
      default -> false;
    };
  }

  /** As above, where the broker's default takes the place of a topic's own value. */
  static boolean resetMayDelete(String key) {
    return Set.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.RETENTION_MS_CONFIG,
            TopicConfig.RETENTION_BYTES_CONFIG)
        .contains(key);
  }

  /** The bound of a retention, where -1 is none; what is no number is the lowest. */
  private static BigDecimal bound(String value) {
    try {
      BigDecimal number = new BigDecimal(value);
      return number.signum() < 0 ? BigDecimal.valueOf(Long.MAX_VALUE) : number;
    } catch (NumberFormatException none) {
      return BigDecimal.valueOf(Long.MIN_VALUE);
    }
  }

  private static Set<String> items(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).collect(Collectors.toSet());
  }
}
