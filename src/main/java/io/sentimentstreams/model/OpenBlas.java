package io.sentimentstreams.model;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products by OpenBLAS on native memory. The preset's calls on Java arrays copy them in and
 * out each time; these do not.
 */
final class OpenBlas {
  private static final @Nullable String OBSTACLE = load();

  private OpenBlas() {}

  /** Why the library cannot be used here; null where it can. */
  static @Nullable String obstacle() {
    return OBSTACLE;
  }

  /**
   * One thread, since products here are too small to be worth a second: parallel are the callers.
   * The setting is the process's. ND4J, when it starts later, sets it to {@code OMP_NUM_THREADS} or
   * else to the number of cores, for products here too; the launcher sets the variable to 1.
   */
  private static @Nullable String load() {
    try {
      blas_set_num_threads(1);
      return null;
    } catch (LinkageError missing) {
      return "OpenBLAS does not load here (%s)".formatted(missing);
    }
  }

  /**
   * {@code c = a * b}, row-major, each from its pointer's position.
   *
   * @param a {@code [rows, inner]}
   * @param b {@code [inner, columns]}
   * @param c {@code [rows, columns]}
   */
  static void multiply(
      int rows, int columns, int inner, FloatPointer a, FloatPointer b, FloatPointer c) {
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasNoTrans,
        rows,
        columns,
        inner,
        1f,
        a,
        inner,
        b,
        columns,
        0f,
        c,
        columns);
  }
}
