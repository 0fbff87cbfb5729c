package io.sentimentstreams.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BrokerClusterTest {
  private static final String THREE = "9092/9192,9093/9193,9094/9194";

  @Test
  void text_ofACluster_isReadAsItWas() {
    BrokerCluster cluster = BrokerCluster.parse(2, THREE);
    assertThat(cluster.text()).isEqualTo(THREE);
    assertThat(BrokerCluster.parse(2, cluster.text())).isEqualTo(cluster);
    assertThat(cluster.ownNode()).isEqualTo(new BrokerCluster.Node(9093, 9193));
    assertThat(cluster.bootstrapServers())
        .isEqualTo("127.0.0.1:9092,127.0.0.1:9093,127.0.0.1:9094");
    assertThat(cluster.voters()).isEqualTo("1@127.0.0.1:9192,2@127.0.0.1:9193,3@127.0.0.1:9194");
  }

  @ParameterizedTest
  @CsvSource({
    "'1/2', 1, 1",
    "'1/2,3/4', 2, 1",
    "'1/2,3/4,5/6', 3, 2",
    "'1/2,3/4,5/6,7/8,9/10', 3, 2"
  })
  void replicas_ofAnyCluster_mayMissOneWhereThereAreTwo(
      String nodes, int replicas, int leastInSync) {
    BrokerCluster cluster = BrokerCluster.parse(1, nodes);
    assertThat(cluster.replicas()).isEqualTo(replicas);
    assertThat(cluster.leastInSync()).isEqualTo(leastInSync);
  }

  @Test
  void newId_ofSeveralNodes_isTheSameForAll() {
    assertThat(BrokerCluster.parse(1, THREE).newId())
        .isEqualTo(BrokerCluster.parse(3, THREE).newId())
        .isNotEqualTo(BrokerCluster.parse(1, "9092/9192,9093/9193").newId());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4 | 9092/9192,9093/9193,9094/9194 | node: 4, but must be 1 to 3",
        "0 | 9092/9192 | node: 0, but must be 1 to 1",
        "1 | 9092,9093 | nodes: \"9092\", but PORT/CONTROLLERPORT is needed",
        "1 | 9092/9192, | nodes: \"\", but PORT/CONTROLLERPORT is needed",
        "1 | 9092/99999 | nodes: port 99999, but must be 1 to 65535",
        "1 | 9092/9192,9192/9193 | nodes: 9192/9193 has a port that stands there twice",
      })
  void cluster_thatCannotBe_isRefused(int own, String nodes, String message) {
    assertThatThrownBy(() -> BrokerCluster.parse(own, nodes))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(message);
  }
}
