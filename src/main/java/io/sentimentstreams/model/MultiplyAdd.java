package io.sentimentstreams.model;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** {@code a * b + c} as the machine does it best. */
final class MultiplyAdd {
  /** Without the instruction, {@link Math#fma} computes in {@code BigDecimal}. */
  private static final boolean INSTRUCTION = hasInstruction();

  private MultiplyAdd() {}

  /** {@code a * b + c}, rounded once or twice. */
  static float of(float a, float b, float c) {
    return INSTRUCTION ? Math.fma(a, b, c) : a * b + c;
  }

  private static boolean hasInstruction() {
    try {
      HotSpotDiagnosticMXBean jvm =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return jvm != null && Boolean.parseBoolean(jvm.getVMOption("UseFMA").getValue());
    } catch (IllegalArgumentException otherJvm) {
      return false;
    }
  }
}
