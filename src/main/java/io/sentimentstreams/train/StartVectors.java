package io.sentimentstreams.train;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.corpus.VectorFile;
import io.sentimentstreams.text.Vocabulary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * An embedding to start from: the vectors of a file for the tokens that it has, zeros for the
 * others, padding and unknown among them, as Keras' example of pre-trained vectors does it. Where a
 * file has a word twice, the first counts.
 */
final class StartVectors implements VectorFile.Sink {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final Vocabulary vocabulary;
  private final int length;
  private final float[] table; // [vocabulary, length]
  private final boolean[] covered; // [vocabulary]
  private int count;

  private StartVectors(Path file, Vocabulary vocabulary, int length) {
    this.file = file;
    this.vocabulary = vocabulary;
    this.length = length;
    table = new float[Math.multiplyExact(vocabulary.size(), length)];
    covered = new boolean[vocabulary.size()];
  }

  /**
   * Reads a file.
   *
   * @param length numbers of a vector
   * @throws InvalidInputException naming file, line and what is wrong; where it has no vector for
   *     any token
   */
  static StartVectors read(Path file, Vocabulary vocabulary, int length) {
    StartVectors vectors = new StartVectors(file, vocabulary, length);
    long words = VectorFile.read(file, length, vectors);
    if (vectors.count == 0) {
      throw new InvalidInputException(
          "vectors %s: has %d words, but none of the vocabulary's, such as \"%s\"; give a file with words in the form of the tokens, lower-case"
              .formatted(file, words, vocabulary.token(vocabulary.size() - 1)));
    }
    return vectors;
  }

  @Override
  public boolean wants(String word) {
    int id = vocabulary.id(word);
    return id > Vocabulary.UNKNOWN && !covered[id];
  }

  @Override
  public void vector(String word, float[] values) {
    int id = vocabulary.id(word);
    System.arraycopy(values, 0, table, id * length, length);
    covered[id] = true;
    count++;
  }

  /** The embedding, {@code [vocabulary, length]} row by row; not to be written to. */
  float[] table() {
    return table;
  }

  /** How much of the vocabulary and of the training texts the file has vectors for. */
  VectorCoverage coverage(List<Example> training) {
    long occurrences = 0;
    long found = 0;
    for (Example example : training) {
      for (int id : example.ids()) {
        occurrences += id == Vocabulary.PADDING ? 0 : 1;
        found += covered[id] ? 1 : 0;
      }
    }
    return new VectorCoverage(
        file.getFileName().toString(),
        sha256(),
        count,
        vocabulary.size() - Vocabulary.UNKNOWN - 1,
        found,
        occurrences);
  }

  private String sha256() {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    } catch (IOException e) {
      throw new UncheckedIOException("vectors %s: cannot be read".formatted(file), e);
    }
  }
}
