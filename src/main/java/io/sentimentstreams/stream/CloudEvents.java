package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.EventSource;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Makes outputs CloudEvents 1.0 in the binary mode of the protocol binding for Kafka: attributes as
 * headers, the value as it is. What the input has of such headers is about the input, and goes.
 *
 * @param source begins {@code ce_source}; the route's name follows
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 *     protocol binding</a>
 */
public record CloudEvents(String source) {
  private static final String PREFIX = "ce_";
  private static final String CONTENT_TYPE = "content-type";
  private static final byte[] VERSION = "1.0".getBytes(UTF_8);
  private static final String JSON = "application/json";

  /** What an output is. */
  enum Kind {
    LABELLED("labelled-event", ""),
    LABELLED_IN_AVRO("labelled-event", "", "application/avro", "avro-schema"),
    DEAD_LETTER("dead-letter", ""),
    /** Besides the event's label, so its source is another: ids are unique within one. */
    DISAGREEMENT("disagreement", "/shadow"),
    TREND("trend", "/trends"),
    ALERT("alert", "/alerts");

    private final String type;
    private final String schema;
    private final String sourceEnd;
    private final String contentType;

    Kind(String name, String sourceEnd) {
      this(name, sourceEnd, JSON, "schema");
    }

    Kind(String name, String sourceEnd, String contentType, String schemaKind) {
      this.type = "io.sentimentstreams.%s.v1".formatted(name);
      this.schema = "urn:sentiment-streams:%s:%s:1".formatted(schemaKind, name);
      this.contentType = contentType;
      this.sourceEnd = sourceEnd;
    }
  }

  public CloudEvents {
    try {
      if (source.isBlank() || new URI(source).getFragment() != null) {
        throw wrong(source);
      }
    } catch (URISyntaxException e) {
      throw wrong(source);
    }
  }

  private static InvalidInputException wrong(String source) {
    return new InvalidInputException(
        "%s: \"%s\", but a URI or its path is needed, such as /sentiment-streams, or none"
            .formatted(Setting.CLOUD_EVENTS_SOURCE, source));
  }

  /** Puts the attributes of an output in the place of its input's. */
  void put(Headers headers, Kind kind, String route, EventSource event) {
    String id = event.topic() + ":" + event.partition() + ":" + event.offset();
    put(headers, kind, route, id, event.timestamp());
  }

  /**
   * As above, of an output that is not of one event.
   *
   * @param id unique within the route and kind
   * @param timeMillis since the epoch; less than 0 for none
   */
  void put(Headers headers, Kind kind, String route, String id, long timeMillis) {
    remove(headers);
    headers.add("ce_specversion", VERSION);
    headers.add("ce_id", text(id));
    headers.add("ce_source", text(source + "/" + route + kind.sourceEnd));
    headers.add("ce_type", text(kind.type));
    headers.add("ce_dataschema", text(kind.schema));
    if (timeMillis >= 0) {
      headers.add("ce_time", text(Instant.ofEpochMilli(timeMillis).toString()));
    }
    headers.add(CONTENT_TYPE, text(kind.contentType));
  }

  private static void remove(Headers headers) {
    List<String> names = new ArrayList<>();
    for (Header header : headers) {
      if (header.key().startsWith(PREFIX) || header.key().equals(CONTENT_TYPE)) {
        names.add(header.key());
      }
    }
    names.forEach(headers::remove);
  }

  private static byte[] text(String value) {
    return value.getBytes(UTF_8);
  }
}
