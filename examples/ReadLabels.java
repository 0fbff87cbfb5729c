import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Prints labelled events: label, score, and the id where there is one. Only committed ones, so that
 * none comes twice; what was printed is not printed again by the next run.
 *
 * <pre>java -cp "$(cat target/class-path.txt)" examples/ReadLabels.java localhost:9092 tweets.sentiment [COUNT]</pre>
 */
final class ReadLabels {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] arguments) throws Exception {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", arguments[0],
            "group.id", "read-labels",
            "auto.offset.reset", "earliest",
            "enable.auto.commit", false, // on, it would commit what a failure kept from being printed
            "isolation.level", "read_committed");
    long left = arguments.length > 2 ? Long.parseLong(arguments[2]) : Long.MAX_VALUE;
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(arguments[1]));
      while (left > 0) {
        Map<TopicPartition, OffsetAndMetadata> printed = new HashMap<>();
        for (var record : consumer.poll(Duration.ofSeconds(1))) {
          if (left == 0) {
            break; // the rest of what the poll brought is for the next run
          }
          print(record);
          printed.put(
              new TopicPartition(record.topic(), record.partition()),
              new OffsetAndMetadata(record.offset() + 1));
          left--;
        }
        consumer.commitSync(printed);
      }
    }
  }

  private static void print(ConsumerRecord<byte[], byte[]> record) throws Exception {
    JsonNode event = JSON.readTree(record.value());
    System.out.printf(
        "%-9s %.2f  %s%n",
        event.path("label").asText(),
        event.path("score").asDouble(),
        event.path("id").asText("-"));
  }
}
