package io.sentimentstreams.cli;

import io.sentimentstreams.broker.EmbeddedBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main path against a broker in the process. */
final class EndToEndIT {
  @Test
  void trainStreamVerify_tenThousandEvents_accountsForEachInOrder(@TempDir Path folder)
      throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
      new MainPath(folder).require(broker.bootstrapServers());
    }
  }
}
