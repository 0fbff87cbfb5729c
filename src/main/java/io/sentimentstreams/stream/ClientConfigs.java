package io.sentimentstreams.stream;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What Kafka Streams gives the consumer and the producer of its threads, by type, defaults
 * included.
 *
 * @param consumer by {@link ConsumerConfig}'s names
 * @param producer by {@link ProducerConfig}'s names
 */
record ClientConfigs(Map<String, Object> consumer, Map<String, Object> producer) {
  private static final String THREAD = "thread";

  /**
   * Reads them as the clients do.
   *
   * @throws org.apache.kafka.common.config.ConfigException for a value that they would refuse
   */
  static ClientConfigs of(StreamsConfig config) {
    String group = config.getString(StreamsConfig.APPLICATION_ID_CONFIG);
    Map<String, Object> consumer = new HashMap<>(config.getMainConsumerConfigs(group, THREAD, 0));
    consumer.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    consumer.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    Map<String, Object> producer = new HashMap<>(config.getProducerConfigs(THREAD));
    producer.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    producer.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return new ClientConfigs(
        ConsumerConfig.configDef().parse(consumer), ProducerConfig.configDef().parse(producer));
  }
}
