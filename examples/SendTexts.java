import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends each line of standard input as an event.
 *
 * <pre>java -cp "$(cat target/class-path.txt)" examples/SendTexts.java localhost:9092 tweets &lt; texts.txt</pre>
 */
final class SendTexts {
  public static void main(String[] arguments) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", arguments[0], "acks", "all");
    ObjectMapper json = new ObjectMapper();
    try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var producer =
            new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        byte[] event = json.writeValueAsBytes(Map.of("id", UUID.randomUUID(), "text", text));
        producer.send(new ProducerRecord<>(arguments[1], event)).get();
      }
    }
  }
}
