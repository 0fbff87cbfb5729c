package io.sentimentstreams.kernel;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** {@code a * b + c} as the machine does it best. */
public final class MultiplyAdd {
  /** Without the instruction, {@link Math#fma} computes in {@code BigDecimal}. */
  private static final boolean INSTRUCTION = hasInstruction();

  private MultiplyAdd() {}

  /** {@code a * b + c}, rounded once or twice. */
  public static float of(float a, float b, float c) {
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
