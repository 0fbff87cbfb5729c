import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Prints labelled events: label, score, id. Only committed ones, so that none comes twice.
 *
 * <pre>java -cp "$(cat target/class-path.txt)" examples/ReadLabels.java localhost:9092 tweets.sentiment [COUNT]</pre>
 */
final class ReadLabels {
  public static void main(String[] arguments) throws Exception {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", arguments[0],
            "group.id", "read-labels",
            "auto.offset.reset", "earliest",
            "isolation.level", "read_committed");
    long left = arguments.length > 2 ? Long.parseLong(arguments[2]) : Long.MAX_VALUE;
    ObjectMapper json = new ObjectMapper();
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(arguments[1]));
      while (left > 0) {
        for (var record : consumer.poll(Duration.ofSeconds(1))) {
          JsonNode event = json.readTree(record.value());
          System.out.printf("%-9s %.2f  %s%n", event.get("label").asText(), event.get("score").asDouble(), event.get("id").asText());
          left--;
        }
      }
    }
  }
}
