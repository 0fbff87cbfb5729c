package io.sentimentstreams.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

final class JsonEventCodecTest extends EventCodecContract {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  protected EventCodec codec(Pointers pointers) {
    return new JsonEventCodec(
        new EventParser(
            EventFormat.JSON,
            pointers.text(),
            pointers.id(),
            pointers.group(),
            pointers.textBytes(),
            pointers.depth()));
  }

  @Override
  protected byte[] value(Map<String, ?> fields) {
    try {
      return JSON.writeValueAsBytes(fields);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  protected Map<String, Object> written(byte[] value) {
    try {
      return JSON.readValue(value, new TypeReference<Map<String, Object>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
