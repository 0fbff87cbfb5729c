package io.sentimentstreams.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.doctor.Finding.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderChecksTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // set before each test
  Path folder;

  @Test
  void folder_thatIsMissing_isAsTheOneAboveItAndNotMade() {
    Path missing = folder.resolve("a").resolve("b");

    Finding finding = FolderChecks.folder("state", missing, "set it");

    assertThat(finding.what()).isEqualTo("disk state");
    assertThat(finding.detail()).contains(missing + ": writable", "MiB free");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void folder_thatIsAFile_fails() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    Finding finding = FolderChecks.folder("state", file.resolve("below"), "set it");

    assertThat(finding.level()).isEqualTo(Level.FAIL);
    assertThat(finding.remedy()).isEqualTo("set it");
  }

  @Test
  void room_thatIsScarce_isWarnedOfAndThenFails() {
    assertThat(FolderChecks.room("disk", folder, 1L << 40, "move").level()).isEqualTo(Level.OK);
    assertThat(FolderChecks.room("disk", folder, 100L << 20, "move").level()).isEqualTo(Level.WARN);
    assertThat(FolderChecks.room("disk", folder, 1L << 20, "move").level()).isEqualTo(Level.FAIL);
  }

  @Test
  void port_thatIsTaken_isWarnedOf() throws IOException {
    String host = InetAddress.getLoopbackAddress().getHostAddress();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(FolderChecks.port(host, taken.getLocalPort()).level()).isEqualTo(Level.WARN);
    }
    assertThat(FolderChecks.port(host, 0).level()).isEqualTo(Level.OK);
  }
}
