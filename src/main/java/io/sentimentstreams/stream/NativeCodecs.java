package io.sentimentstreams.stream;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native libraries by which Kafka's clients read compressed batches. They are unpacked into the
 * temporary folder at their first use, which must not be the millionth record on a disk that is
 * full by then. (LZ4 needs none.)
 */
final class NativeCodecs {
  private static final Logger LOG = LoggerFactory.getLogger(NativeCodecs.class);

  /** Classes that load their library when they are initialized. */
  private static final List<Codec> CODECS =
      List.of(
          new Codec("zstd", "com.github.luben.zstd.ZstdInputStreamNoFinalizer"),
          new Codec("snappy", "org.xerial.snappy.Snappy"));

  private record Codec(String name, String className) {}

  private NativeCodecs() {}

  /** Loads them all; a topic may well need none, so that a failure is a warning. */
  static void load() {
    for (Codec codec : CODECS) {
      try {
        Class.forName(codec.className());
      } catch (VirtualMachineError broken) {
        throw broken;
      } catch (ClassNotFoundException | Error failure) {
        // Snappy has an error of its own, where there is no library for the system.
        LOG.warn(
            "Events that are compressed by {} cannot be read: {}; if there are such, make room in"
                + " {}, or give another folder with -Djava.io.tmpdir=FOLDER",
            codec.name(),
            Causes.deepestMessage(failure),
            System.getProperty("java.io.tmpdir"));
      }
    }
  }
}
