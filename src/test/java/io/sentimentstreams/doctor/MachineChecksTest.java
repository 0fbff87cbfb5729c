package io.sentimentstreams.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.doctor.Finding.Level;
import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.BackendState;
import io.sentimentstreams.model.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MachineChecksTest {
  private static final String MODERN = "flags\t\t: fpu fma sse4_2 avx2 avx512f\n";
  private static final BackendState COMPILED =
      new BackendState(BackendKind.COMPILED, true, false, "OpenBLAS on the CPU");
  private static final BackendState NO_ONNX =
      new BackendState(BackendKind.ONNX, false, false, "does not load");

  @TempDir
  @SuppressWarnings("NullAway.Init") // set before each test
  Path proc;

  @Test
  void cpu_withAvx2AndFma_isOk() throws IOException {
    Finding finding = cpu(MODERN);

    assertThat(finding.level()).isEqualTo(Level.OK);
    assertThat(finding.detail()).isEqualTo("AVX2 yes, FMA yes, AVX-512 yes");
  }

  @Test
  void cpu_withoutAvx2_isWarnedOf() throws IOException {
    Finding finding = cpu("flags\t\t: fpu sse4_2\n");

    assertThat(finding.level()).isEqualTo(Level.WARN);
    assertThat(finding.detail()).isEqualTo("AVX2 no, FMA no, AVX-512 no");
    assertThat(finding.remedy()).isNotEmpty();
  }

  @Test
  void cpu_ofASystemThatDoesNotTell_isOk() {
    assertThat(checks().cpu().level()).isEqualTo(Level.OK);
  }

  @Test
  void openBlas_withSlowKernelsOnAFastCpu_isWarnedOf() throws IOException {
    Files.writeString(proc.resolve("cpuinfo"), MODERN);

    assertThat(checks().core("Prescott").level()).isEqualTo(Level.WARN);
    assertThat(checks().core("SkylakeX").level()).isEqualTo(Level.OK);
  }

  @Test
  void heap_thatIsSmall_isWarnedOf() {
    assertThat(MachineChecks.jdk(256L << 20).level()).isEqualTo(Level.WARN);
    assertThat(MachineChecks.jdk(1L << 30).level()).isEqualTo(Level.OK);
  }

  @Test
  void backend_thatIsMissing_failsOnlyWhereItIsWanted() {
    assertThat(level("backend onnx", BackendKind.AUTO, Device.AUTO)).isEqualTo(Level.WARN);
    assertThat(level("backend onnx", BackendKind.ONNX, Device.AUTO)).isEqualTo(Level.FAIL);
  }

  @Test
  void gpu_thatIsMissing_failsOnlyWhereItIsWanted() {
    assertThat(level("gpu", BackendKind.AUTO, Device.AUTO)).isEqualTo(Level.OK);
    assertThat(level("gpu", BackendKind.AUTO, Device.cuda(0))).isEqualTo(Level.FAIL);
  }

  @Test
  void gpu_thatNoBackendUses_isWarnedOf() throws IOException {
    Path driver = Files.createDirectories(proc.resolve("driver").resolve("nvidia"));
    Files.writeString(driver.resolve("version"), "NVRM version: NVIDIA");

    assertThat(level("gpu", BackendKind.AUTO, Device.AUTO)).isEqualTo(Level.WARN);
  }

  private Level level(String what, BackendKind kind, Device device) {
    return checks().check(kind, device).stream()
        .filter(finding -> finding.what().equals(what))
        .findFirst()
        .orElseThrow()
        .level();
  }

  private Finding cpu(String info) throws IOException {
    Files.writeString(proc.resolve("cpuinfo"), "processor\t: 0\n" + info);
    return checks().cpu();
  }

  private MachineChecks checks() {
    return new MachineChecks(proc, List.of(COMPILED, NO_ONNX));
  }
}
