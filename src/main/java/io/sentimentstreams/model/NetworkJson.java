package io.sentimentstreams.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.sentimentstreams.yaml.YamlNode;
import java.io.IOException;
import java.io.Serial;

/** The JSON form of a {@link NetworkSpec}: a list of layers, each {@code {type: {fields}}}. */
final class NetworkJson {
  private NetworkJson() {}

  /** Writes all fields, so that later defaults change nothing. */
  static final class Writer extends StdSerializer<NetworkSpec> {
    @Serial private static final long serialVersionUID = 1L;

    Writer() {
      super(NetworkSpec.class);
    }

    @Override
    public void serialize(NetworkSpec network, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      generator.writeStartArray();
      for (LayerSpec layer : network.layers()) {
        generator.writeStartObject();
        provider.defaultSerializeField(layer.type(), layer.fields(), generator);
        generator.writeEndObject();
      }
      generator.writeEndArray();
    }
  }

  /** Reads what {@link LayerReader} reads. */
  static final class Reader extends StdDeserializer<NetworkSpec> {
    @Serial private static final long serialVersionUID = 1L;

    Reader() {
      super(NetworkSpec.class);
    }

    @Override
    public NetworkSpec deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return LayerReader.network(YamlNode.read(parser));
    }
  }
}
