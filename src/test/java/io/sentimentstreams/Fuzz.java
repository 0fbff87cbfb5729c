package io.sentimentstreams;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Gives a reader many inputs, random ones and valid ones that were damaged, and fails where it
 * throws what it must not, hangs, or allocates far more than its input is large.
 *
 * <p>{@code -Dfuzz.inputs=1000000} sets how many inputs each reader gets, {@code -Dfuzz.seed=7}
 * which ones, {@code -Dfuzz.first=123} with which one it begins: the number that a failure tells.
 */
public final class Fuzz {
  private static final int INPUTS = Integer.getInteger("fuzz.inputs", 15_000);
  private static final long SEED = Long.getLong("fuzz.seed", 1);
  private static final int FIRST = Integer.getInteger("fuzz.first", 0);

  private static final int LONGEST_INPUT = 1 << 16;
  private static final int LONGEST_TOLD = 4_096;
  private static final long HANGS_AFTER_SECONDS = 60;

  /**
   * Allocation that is let pass: so much, for classes that are loaded meanwhile, too, and so many
   * bytes for each one of the input.
   */
  private static final long ALLOCATED_ANYWAY = 32L << 20;

  private static final long ALLOCATED_A_BYTE = 256;

  private static final byte[] SPECIAL_BYTES = {
    0,
    1,
    2,
    7,
    8,
    '\t',
    '\n',
    '\r',
    ' ',
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '-',
    '0',
    '9',
    0x7f,
    (byte) 0x80,
    (byte) 0xc0,
    (byte) 0xed,
    (byte) 0xf4,
    (byte) 0xfe,
    (byte) 0xff
  };

  private static final long[] SPECIAL_NUMBERS = {
    0,
    1,
    -1,
    127,
    128,
    255,
    256,
    65_535,
    65_536,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1L << 20,
    1L << 32,
    (1L << 32) - 1
  };

  private final String reader;
  private final List<byte[]> valid;
  private final List<byte[]> words;
  private volatile int current;
  private volatile long cpuNanos;
  private volatile byte @Nullable [] input;

  private Fuzz(String reader, List<byte[]> valid, List<byte[]> words) {
    this.reader = reader;
    this.valid = valid;
    this.words = words;
  }

  /** Reads an input and checks what comes of it; throws what is no fault in the input's terms. */
  @FunctionalInterface
  public interface Target {
    void read(byte[] input) throws Exception;
  }

  /**
   * Runs all inputs.
   *
   * @param reader its name, for messages
   * @param valid inputs that the damaged ones are made of
   * @param words pieces that mean something to the reader
   */
  public static void run(String reader, List<byte[]> valid, List<String> words, Target target)
      throws InterruptedException {
    new Fuzz(reader, valid, words.stream().map(word -> word.getBytes(UTF_8)).toList()).run(target);
  }

  private void run(Target target) throws InterruptedException {
    FutureTask<@Nullable Void> task =
        new FutureTask<>(
            () -> {
              all(target);
              return null;
            });
    Thread thread = new Thread(task, "fuzz " + reader);
    thread.setDaemon(true);
    thread.start();
    await(task);
    System.out.printf("%s: %,d inputs in %.1f s of CPU%n", reader, INPUTS, cpuNanos / 1e9);
  }

  private void await(FutureTask<@Nullable Void> task) throws InterruptedException {
    int seen = -1;
    while (true) {
      try {
        task.get(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
        return;
      } catch (ExecutionException e) {
        throw new AssertionError(told("fails"), e.getCause());
      } catch (TimeoutException e) {
        if (current == seen) {
          throw new AssertionError(told("hangs"), e);
        }
        seen = current;
      }
    }
  }

  private String told(String fault) {
    byte[] bytes = input == null ? new byte[0] : input;
    return "%s %s with input %d (-Dfuzz.seed=%d -Dfuzz.first=%d), %d bytes, in base64: %s"
        .formatted(
            reader,
            fault,
            current,
            SEED,
            current,
            bytes.length,
            Base64.getEncoder()
                .encodeToString(Arrays.copyOf(bytes, Math.min(bytes.length, LONGEST_TOLD))));
  }

  private void all(Target target) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    for (int number = FIRST; number < FIRST + INPUTS; number++) {
      byte[] bytes = input(new SplittableRandom(SEED * 0x9E3779B97F4A7C15L + number));
      input = bytes;
      current = number;
      long before = threads.getThreadAllocatedBytes(self);
      target.read(bytes.clone());
      long allocated = threads.getThreadAllocatedBytes(self) - before;
      if (allocated > ALLOCATED_ANYWAY + ALLOCATED_A_BYTE * bytes.length) {
        throw new AssertionError("allocated %,d bytes".formatted(allocated));
      }
    }
    cpuNanos = threads.getCurrentThreadCpuTime();
  }

  private byte[] input(SplittableRandom random) {
    if (random.nextInt(10) == 0) {
      return bytes(random, random.nextInt(200));
    }
    byte[] bytes = any(random, valid).clone();
    int changes = 1 + random.nextInt(6);
    for (int i = 0; i < changes; i++) {
      bytes = changed(random, bytes);
    }
    return bytes.length > LONGEST_INPUT ? Arrays.copyOf(bytes, LONGEST_INPUT) : bytes;
  }

  private byte[] changed(SplittableRandom random, byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    int length = Math.min(bytes.length - at, random.nextInt(1 << random.nextInt(10)));
    return switch (random.nextInt(9)) {
      case 0 -> replaced(bytes, at, length, new byte[0]);
      case 1 -> Arrays.copyOf(bytes, at);
      case 2 -> replaced(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
      case 3 -> replaced(bytes, at, Math.min(1, bytes.length - at), bytes(random, 1));
      case 4 ->
          replaced(
              bytes,
              at,
              Math.min(1, bytes.length - at),
              new byte[] {SPECIAL_BYTES[random.nextInt(SPECIAL_BYTES.length)]});
      case 5 -> replaced(bytes, at, random.nextBoolean() ? length : 0, word(random));
      case 6 -> number(random, bytes, at);
      case 7 -> joined(random, bytes, at);
      default -> repeated(random, bytes, at, length);
    };
  }

  private byte[] word(SplittableRandom random) {
    return words.isEmpty() ? bytes(random, 3) : any(random, words);
  }

  /** A number of 4 or 8 bytes, little-endian, or in decimals. */
  private static byte[] number(SplittableRandom random, byte[] bytes, int at) {
    long number = SPECIAL_NUMBERS[random.nextInt(SPECIAL_NUMBERS.length)];
    if (random.nextBoolean()) {
      int digits = 0;
      while (at + digits < bytes.length && bytes[at + digits] >= '0' && bytes[at + digits] <= '9') {
        digits++;
      }
      return replaced(bytes, at, digits, Long.toString(number).getBytes(UTF_8));
    }
    byte[] little = new byte[random.nextBoolean() ? Integer.BYTES : Long.BYTES];
    for (int i = 0; i < little.length; i++) {
      little[i] = (byte) (number >>> (8 * i));
    }
    return replaced(bytes, at, Math.min(little.length, bytes.length - at), little);
  }

  private byte[] joined(SplittableRandom random, byte[] bytes, int at) {
    byte[] other = any(random, valid);
    int from = random.nextInt(other.length + 1);
    return replaced(bytes, at, bytes.length - at, Arrays.copyOfRange(other, from, other.length));
  }

  private static byte[] repeated(SplittableRandom random, byte[] bytes, int at, int length) {
    byte[] piece = Arrays.copyOfRange(bytes, at, at + Math.min(length, 16));
    int times = 1 << random.nextInt(11);
    byte[] many = new byte[piece.length * times];
    for (int i = 0; i < many.length; i++) {
      many[i] = piece[i % piece.length];
    }
    return replaced(bytes, at, 0, many);
  }

  private static byte[] replaced(byte[] bytes, int at, int length, byte[] by) {
    byte[] result = new byte[bytes.length - length + by.length];
    System.arraycopy(bytes, 0, result, 0, at);
    System.arraycopy(by, 0, result, at, by.length);
    System.arraycopy(bytes, at + length, result, at + by.length, bytes.length - at - length);
    return result;
  }

  private static byte[] bytes(SplittableRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] any(SplittableRandom random, List<byte[]> list) {
    return list.get(random.nextInt(list.size()));
  }
}
