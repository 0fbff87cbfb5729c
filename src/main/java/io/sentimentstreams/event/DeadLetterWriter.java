package io.sentimentstreams.event;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.DeadLetter.Content;
import io.sentimentstreams.event.DeadLetter.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes dead letters as JSON; the form is that of {@code topics/schemas/dead-letter.schema.json}.
 *
 * <p>The bytes of key, value and headers stand as {@code utf8} where they are well-formed UTF-8
 * without control characters other than tab and line ends, else as {@code base64}; either way
 * exactly the original bytes come back. What passes a limit is cut, at the border of a character
 * where it is text, and {@code truncated} with {@code size} tells so. A document has thus at most
 * {@code 2 * (maximumValueBytes + MAXIMUM_KEY_BYTES + MAXIMUM_HEADER_BYTES)} bytes and 64 KiB for
 * the rest.
 *
 * <p>Thread-safe.
 */
public final class DeadLetterWriter {
  /** Bytes of a value that are kept where nothing else is set: 1 MiB. */
  public static final int DEFAULT_MAXIMUM_VALUE_BYTES = 1024 * 1024;

  /** Bytes of a key that are kept. */
  public static final int MAXIMUM_KEY_BYTES = 64 * 1024;

  /** Bytes of all headers' names and values together that are kept. */
  public static final int MAXIMUM_HEADER_BYTES = 64 * 1024;

  /** Headers that are kept. */
  public static final int MAXIMUM_HEADERS = 100;

  /** Characters of the detail that are kept. */
  public static final int MAXIMUM_DETAIL_LENGTH = 1_000;

  private static final JsonFactory JSON = new JsonFactory();

  private final int maximumValueBytes;

  /** A writer with a limit, 0 or more, on the bytes of a value. */
  public DeadLetterWriter(int maximumValueBytes) {
    if (maximumValueBytes < 0) {
      throw new InvalidInputException(
          "deadLetter.maximumValueBytes: %d, but 0 or more is needed".formatted(maximumValueBytes));
    }
    this.maximumValueBytes = maximumValueBytes;
  }

  /** The document in UTF-8. */
  public byte[] write(DeadLetter letter) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator out = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
      out.writeStartObject();
      out.writeStringField("reason", letter.reason().code());
      text(out, "detail", detail(letter.detail()));
      text(out, "route", letter.route());
      source(out, letter.source());
      content(out, "key", letter.key(), MAXIMUM_KEY_BYTES);
      content(out, "value", letter.value(), maximumValueBytes);
      headers(out, letter.headers(), letter.omittedHeaders());
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  private static void source(JsonGenerator out, EventSource source) throws IOException {
    text(out, "topic", source.topic());
    out.writeNumberField("partition", source.partition());
    out.writeNumberField("offset", source.offset());
    out.writeNumberField("timestamp", source.timestamp());
  }

  /** Headers in their order, until one more name would pass a limit. */
  private static void headers(JsonGenerator out, List<Header> headers, int omittedBefore)
      throws IOException {
    out.writeArrayFieldStart("headers");
    int left = MAXIMUM_HEADER_BYTES;
    int written = 0;
    for (Header header : headers) {
      long keyBytes = Utf8.length(header.key());
      if (written == MAXIMUM_HEADERS || keyBytes > left) {
        break;
      }
      left -= (int) keyBytes;
      out.writeStartObject();
      text(out, "key", header.key());
      left -= content(out, "value", header.value(), left);
      out.writeEndObject();
      written++;
    }
    out.writeEndArray();
    int omitted = omittedBefore + headers.size() - written;
    if (omitted > 0) {
      out.writeNumberField("omittedHeaders", omitted);
    }
  }

  /** Writes the field and gives the bytes that it took of the limit. */
  private static int content(
      JsonGenerator out, String field, @Nullable Content content, int maximumBytes)
      throws IOException {
    if (content == null) {
      out.writeNullField(field);
      return 0;
    }
    byte[] kept = head(content.bytes(), maximumBytes);
    out.writeObjectFieldStart(field);
    if (isText(kept)) {
      out.writeFieldName("utf8");
      out.writeUTF8String(kept, 0, kept.length);
    } else {
      out.writeBinaryField("base64", kept);
    }
    out.writeNumberField("size", content.size());
    if (kept.length < content.size()) {
      out.writeBooleanField("truncated", true);
    }
    out.writeEndObject();
    return kept.length;
  }

  /** The first bytes; a character of UTF-8 is not cut in two. */
  private static byte[] head(byte[] bytes, int maximum) {
    if (bytes.length <= maximum) {
      return bytes;
    }
    int end = maximum;
    while (end > 0 && end > maximum - 4 && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return Arrays.copyOf(bytes, (bytes[end] & 0xC0) == 0x80 ? maximum : end);
  }

  private static boolean isText(byte[] bytes) {
    for (byte b : bytes) {
      if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r') {
        return false;
      }
    }
    return Utf8.isValid(bytes);
  }

  private static void text(JsonGenerator out, String field, String text) throws IOException {
    out.writeStringField(field, Utf8.wellFormed(text));
  }

  private static String detail(String detail) {
    return detail.substring(0, Math.min(detail.length(), MAXIMUM_DETAIL_LENGTH));
  }
}
