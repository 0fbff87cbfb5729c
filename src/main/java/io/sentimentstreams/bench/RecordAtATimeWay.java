package io.sentimentstreams.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.Backends;
import io.sentimentstreams.model.Device;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.TextClassifier;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.jspecify.annotations.Nullable;

/**
 * A plain topology that labels within {@code mapValues}: one record, one call of Deeplearning4j
 * with layers of its own, as samples of networks in Kafka Streams do. Exactly once, with Kafka
 * Streams' own settings else.
 */
final class RecordAtATimeWay implements Way {
  private final ModelBundle bundle;
  private final int threads;

  /**
   * @param threads stream threads; each has a network of its own
   */
  RecordAtATimeWay(ModelBundle bundle, int threads) {
    this.bundle = bundle;
    this.threads = threads;
  }

  @Override
  public String name() {
    return PipelineReport.RECORD_AT_A_TIME;
  }

  @Override
  public Running start(Job job) {
    TextClassifier model =
        TextClassifier.of(
            bundle, Backends.openPlain(bundle, BackendKind.DL4J, Device.CPU, threads, 1));
    try {
      KafkaStreams streams = new KafkaStreams(topology(job, model), properties(job));
      AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
      streams.setUncaughtExceptionHandler(
          thrown -> {
            failure.compareAndSet(null, thrown);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
          });
      streams.start();
      return new RunningStreams(streams, model, failure);
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  private static Topology topology(Job job, TextClassifier model) {
    StreamsBuilder builder = new StreamsBuilder();
    Serde<byte[]> bytes = Serdes.ByteArray();
    JsonMapper json = new JsonMapper();
    builder.stream(job.input(), Consumed.with(bytes, Serdes.String()))
        .mapValues(event -> labelled(event, model, json))
        .to(job.output(), Produced.with(bytes, Serdes.String()));
    return builder.build();
  }

  private static String labelled(String event, TextClassifier model, JsonMapper json) {
    try {
      JsonNode parsed = json.readTree(event);
      Prediction prediction =
          model.predict(List.of(model.encode(parsed.path("text").asText()))).get(0);
      return json.createObjectNode()
          .put("id", parsed.path("id").asText())
          .put("label", model.labels().name(prediction.label()))
          .put("score", prediction.score())
          .toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event of the benchmark that is no JSON", e);
    }
  }

  private Properties properties(Job job) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, job.applicationId());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, job.bootstrapServers());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, job.folder().toString());
    return properties;
  }

  private record RunningStreams(
      KafkaStreams streams, TextClassifier model, AtomicReference<@Nullable Throwable> failure)
      implements Running {
    @Override
    public boolean isReady() {
      KafkaStreams.State state = streams.state();
      if (state.hasCompletedShutdown() || state == KafkaStreams.State.PENDING_ERROR) {
        Throwable cause = failure.get();
        throw new IllegalStateException(
            "the stream has ended: %s: %s".formatted(state, cause), cause);
      }
      return state == KafkaStreams.State.RUNNING;
    }

    @Override
    public String backend() {
      return model.backend().name();
    }

    @Override
    public void close() {
      streams.close();
      model.close();
    }
  }
}
