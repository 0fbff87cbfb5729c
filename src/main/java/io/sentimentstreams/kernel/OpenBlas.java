package io.sentimentstreams.kernel;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import com.sun.jna.NativeLibrary;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products by OpenBLAS on native memory. The preset's calls on Java arrays copy them in and
 * out each time; these do not.
 */
public final class OpenBlas {
  /** Multiply-adds of the largest product that OpenBLAS computes without copying. */
  private static final long SMALL_PRODUCT = 1_000_000;

  private static final int BLOCK_STEP = 8;

  private static final @Nullable String OBSTACLE = load();

  private OpenBlas() {}

  /** Why the library cannot be used here; null where it can. */
  public static @Nullable String obstacle() {
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
   * The family of CPUs whose kernels OpenBLAS has chosen here, such as {@code SkylakeX}; empty
   * where the library does not load or does not tell.
   */
  public static Optional<String> core() {
    if (OBSTACLE != null) {
      return Optional.empty();
    }
    try {
      // The wrapper's own symbols and those of OpenBLAS, which it is linked to.
      String wrapper = Loader.load(openblas_nolapack.class);
      return Optional.ofNullable(
          NativeLibrary.getInstance(wrapper)
              .getFunction("openblas_get_corename")
              .invokeString(new Object[0], false));
    } catch (LinkageError untold) {
      return Optional.empty();
    }
  }

  /** How many threads a large product may use, in the whole process. */
  public static void setThreads(int threads) {
    blas_set_num_threads(threads);
  }

  /**
   * {@code c = a * b}, row-major, each from its pointer's position.
   *
   * @param a {@code [rows, inner]}
   * @param b {@code [inner, columns]}
   * @param c {@code [rows, columns]}
   */
  public static void multiply(
      int rows, int columns, int inner, FloatPointer a, FloatPointer b, FloatPointer c) {
    gemm(CblasNoTrans, rows, columns, inner, a, inner, b, 0f, c);
  }

  /**
   * {@code c += a * b}, row-major, each from its pointer's position. Tall products are divided by
   * rows, see {@link #largestBlock}.
   *
   * @param a {@code [rows, inner]}
   * @param b {@code [inner, columns]}
   * @param c {@code [rows, columns]}
   */
  public static void addProduct(
      int rows, int columns, int inner, FloatPointer a, FloatPointer b, FloatPointer c) {
    product(rows, columns, inner, a, b, 1f, c);
  }

  /** {@code c = a * b}: as {@link #multiply}, divided as {@link #addProduct}. */
  public static void setProduct(
      int rows, int columns, int inner, FloatPointer a, FloatPointer b, FloatPointer c) {
    product(rows, columns, inner, a, b, 0f, c);
  }

  private static void product(
      int rows,
      int columns,
      int inner,
      FloatPointer a,
      FloatPointer b,
      float beta,
      FloatPointer c) {
    long fromA = a.position();
    long fromC = c.position();
    int block = largestBlock(columns, inner, rows);
    for (int row = 0; row < rows; row += block) {
      a.position(fromA + (long) row * inner);
      c.position(fromC + (long) row * columns);
      gemm(CblasNoTrans, Math.min(block, rows - row), columns, inner, a, inner, b, beta, c);
    }
    a.position(fromA);
    c.position(fromC);
  }

  /**
   * {@code c += transpose(a) * b}, row-major, each from its pointer's position; divided by inner
   * rows, see {@link #largestBlock}.
   *
   * @param a {@code [inner, rows]}
   * @param b {@code [inner, columns]}
   * @param c {@code [rows, columns]}
   */
  public static void addTransposedProduct(
      int rows, int columns, int inner, FloatPointer a, FloatPointer b, FloatPointer c) {
    long fromA = a.position();
    long fromB = b.position();
    int block = largestBlock(rows, columns, inner);
    for (int at = 0; at < inner; at += block) {
      a.position(fromA + (long) at * rows);
      b.position(fromB + (long) at * columns);
      gemm(CblasTrans, rows, columns, Math.min(block, inner - at), a, rows, b, 1f, c);
    }
    a.position(fromA);
    b.position(fromB);
  }

  /**
   * {@code c = a * b + beta * c}.
   *
   * @param order whether {@code a} is stored transposed
   * @param stride from one row of {@code a}, as it is stored, to the next
   */
  private static void gemm(
      int order,
      int rows,
      int columns,
      int inner,
      FloatPointer a,
      int stride,
      FloatPointer b,
      float beta,
      FloatPointer c) {
    cblas_sgemm(
        CblasRowMajor,
        order,
        CblasNoTrans,
        rows,
        columns,
        inner,
        1f,
        a,
        stride,
        b,
        columns,
        beta,
        c,
        columns);
  }

  /**
   * Into how large blocks a product's long dimension is best divided. Up to a million multiply-adds
   * a call, OpenBLAS on CPUs with AVX-512 reads the operands where they are; beyond, it first
   * copies them into an order of its own, and for tall or flat matrices that takes longer than it
   * saves.
   *
   * @param second another dimension of the product
   * @param third the third
   * @param whole the long dimension
   */
  static int largestBlock(int second, int third, int whole) {
    long block = SMALL_PRODUCT / ((long) second * third) / BLOCK_STEP * BLOCK_STEP;
    return block < BLOCK_STEP || block >= whole ? Math.max(1, whole) : (int) block;
  }
}
