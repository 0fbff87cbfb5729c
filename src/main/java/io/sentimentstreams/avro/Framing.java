package io.sentimentstreams.avro;

import io.apicurio.registry.resolver.strategy.ArtifactReference;
import io.apicurio.registry.resolver.utils.Utils;
import io.apicurio.registry.serde.BaseSerde;
import io.apicurio.registry.serde.IdHandler;
import io.apicurio.registry.serde.config.SerdeConfig;
import io.sentimentstreams.batch.FrameHeader;
import io.sentimentstreams.batch.FrameRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a record has its schema's id, as Apicurio's serdes put it: in headers, or in front of the
 * value, behind a byte of 0. Headers that name an artifact and a version, or a hash, are not looked
 * at: what they lead to may change, and anybody may write anything there.
 */
final class Framing {
  private static final String CONTENT_ID = "apicurio.value.contentId";
  private static final String GLOBAL_ID = "apicurio.value.globalId";

  private final IdHandler ids;

  private Framing(IdHandler ids) {
    this.ids = ids;
  }

  /**
   * As Apicurio's serdes would with these settings.
   *
   * @param config in which defaults may be missing
   */
  static Framing of(Map<String, Object> config) {
    List<IdHandler> handlers = new ArrayList<>();
    Utils.instantiate(IdHandler.class, new SerdeConfig(config).getIdHandler(), handlers::add);
    IdHandler ids = handlers.get(0);
    ids.configure(config, false);
    return new Framing(ids);
  }

  /**
   * A value without its framing.
   *
   * @param start where its data begins in the row's value
   */
  record Framed(ArtifactReference schema, int start) {}

  /**
   * Finds the schema's id.
   *
   * @param value of the row
   * @throws MalformedValueException where there is none
   */
  Framed read(FrameRow row, byte[] value) throws MalformedValueException {
    Long contentId = id(row, CONTENT_ID);
    if (contentId != null) {
      return new Framed(ArtifactReference.builder().contentId(contentId).build(), 0);
    }
    Long globalId = id(row, GLOBAL_ID);
    if (globalId != null) {
      return new Framed(ArtifactReference.builder().globalId(globalId).build(), 0);
    }
    if (value.length == 0 || value[0] != BaseSerde.MAGIC_BYTE) {
      throw new MalformedValueException(
          "no schema's id: neither in a header %s nor in the value, which does not begin with a 0"
              .formatted(CONTENT_ID));
    }
    try {
      ByteBuffer buffer = ByteBuffer.wrap(value, 1, value.length - 1);
      return new Framed(ids.readId(buffer), buffer.position());
    } catch (BufferUnderflowException underflow) {
      throw cutOff();
    }
  }

  /** In the last header of the name; null where there is none. */
  private static @Nullable Long id(FrameRow row, String name) throws MalformedValueException {
    Long id = null;
    for (FrameHeader header : row.headers()) {
      if (header.key().equals(name)) {
        byte[] value = header.value();
        if (value == null || value.length < Long.BYTES) {
          throw cutOff();
        }
        id = ByteBuffer.wrap(value).getLong();
      }
    }
    return id;
  }

  private static MalformedValueException cutOff() {
    return new MalformedValueException("the schema's id is cut off");
  }

  /** What values of a schema begin with. */
  byte[] begin(ArtifactReference schema) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(BaseSerde.MAGIC_BYTE);
    try {
      ids.writeId(schema, out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return out.toByteArray();
  }
}
