package io.sentimentstreams.avro;

import io.apicurio.registry.resolver.strategy.ArtifactReference;
import io.apicurio.registry.resolver.utils.Utils;
import io.apicurio.registry.serde.BaseSerde;
import io.apicurio.registry.serde.IdHandler;
import io.apicurio.registry.serde.config.SerdeConfig;
import io.apicurio.registry.serde.kafka.headers.DefaultHeadersHandler;
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
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Where a record has its schema's id, as Apicurio's serdes put it: in headers, or in front of the
 * value, behind a byte of 0.
 */
final class Framing {
  private final IdHandler ids;
  private final DefaultHeadersHandler headers;

  private Framing(IdHandler ids, DefaultHeadersHandler headers) {
    this.ids = ids;
    this.headers = headers;
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
    DefaultHeadersHandler headers = new DefaultHeadersHandler();
    headers.configure(config, false);
    return new Framing(ids, headers);
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
    try {
      RecordHeaders told = headers(row);
      ArtifactReference inHeaders = headers.readHeaders(told);
      if (inHeaders.hasValue()) {
        return new Framed(inHeaders, 0);
      }
      if (value.length == 0 || value[0] != BaseSerde.MAGIC_BYTE) {
        throw new MalformedValueException(
            "no schema's id: neither in a header apicurio.value.contentId nor in the value, which does not begin with a 0");
      }
      ByteBuffer buffer = ByteBuffer.wrap(value, 1, value.length - 1);
      return new Framed(ids.readId(buffer), buffer.position());
    } catch (BufferUnderflowException | NullPointerException cutOff) {
      // Of the value, or of a header, whose value may be null, too.
      throw new MalformedValueException("the schema's id is cut off");
    }
  }

  private static RecordHeaders headers(FrameRow row) {
    RecordHeaders found = new RecordHeaders();
    for (FrameHeader header : row.headers()) {
      found.add(header.key(), header.value());
    }
    return found;
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
