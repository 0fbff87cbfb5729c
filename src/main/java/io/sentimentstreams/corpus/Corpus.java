package io.sentimentstreams.corpus;

import io.sentimentstreams.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Labelled texts in the order of their source.
 *
 * @param name the source's file or folder name
 * @param sha256 hex digest of the labelled texts as read: the same texts, labels and order have the
 *     same digest, whatever they were packed in
 * @param texts at least one
 * @param skippedRows rows of the source that are not among the texts, since their text or their
 *     label was empty
 * @param uncertainRows rows of the source that are not among the texts, since people were not sure
 *     enough of their label, see {@link ConfidenceCut}
 */
public record Corpus(
    String name, String sha256, List<LabelledText> texts, long skippedRows, long uncertainRows) {
  public Corpus {
    texts = List.copyOf(texts);
    if (texts.isEmpty()) {
      throw new InvalidInputException(
          "data %s: holds no labelled text (%d rows without text or label%s)"
              .formatted(
                  name,
                  skippedRows,
                  uncertainRows == 0 ? "" : ", %d of too low confidence".formatted(uncertainRows)));
    }
  }

  /** The texts with their digest, none skipped. */
  public static Corpus of(String name, List<LabelledText> texts) {
    return of(name, texts, 0, 0);
  }

  static Corpus of(String name, List<LabelledText> texts, long skippedRows, long uncertainRows) {
    return new Corpus(name, digest(texts), texts, skippedRows, uncertainRows);
  }

  /** The distinct labels, sorted. */
  public List<String> labels() {
    return texts.stream().map(LabelledText::label).distinct().sorted().toList();
  }

  /** SHA-256 over each label and text in turn, in UTF-8, each after its length in four bytes. */
  private static String digest(List<LabelledText> texts) {
    MessageDigest sha256 = newSha256();
    for (LabelledText text : texts) {
      update(sha256, text.label());
      update(sha256, text.text());
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static void update(MessageDigest digest, String field) {
    byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
