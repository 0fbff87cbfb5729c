package io.sentimentstreams.stream;

import io.sentimentstreams.avro.SchemaRegistrySettings;
import java.util.List;
import java.util.Locale;

/**
 * A setting's key, as files and {@code --set} write it, and its default.
 *
 * @param key such as {@code batch.maximumRows}
 * @param defaultValue as a file would have it
 */
record Setting(String key, String defaultValue) {
  static final String ROUTES = "routes.";
  static final String KAFKA = "kafka.";
  static final String SCHEMA_REGISTRY = "schemaRegistry.";

  static final String APPLICATION_ID = "applicationId";
  static final String BOOTSTRAP_SERVERS = "bootstrapServers";
  static final String PROCESSING_GUARANTEE = "processingGuarantee";
  static final String THREADS = "threads";
  static final String MAXIMUM_ROWS = "batch.maximumRows";
  static final String MAXIMUM_BYTES = "batch.maximumBytes";
  static final String LINGER = "linger";
  static final String BACKEND = "backend";
  static final String DEVICE = "device";
  static final String STAGE_JOIN = "stage.join";
  static final String STAGE_MAXIMUM_ROWS = "stage.maximumRows";
  static final String STAGE_MAXIMUM_WAIT = "stage.maximumWait";
  static final String MODEL_TIMEOUT = "model.timeout";
  static final String BREAKER_RETRIES = "breaker.retries";
  static final String BREAKER_BACK_OFF = "breaker.backOff";
  static final String BREAKER_LONGEST_BACK_OFF = "breaker.longestBackOff";
  static final String DEAD_LETTER_TOPIC = "deadLetterTopic";
  static final String CONTROL_TOPIC = "controlTopic";
  static final String DISAGREEMENT_TOPIC = "disagreementTopic";
  static final String SHADOW_TIMEOUT = "shadow.timeout";
  static final String CLOUD_EVENTS_SOURCE = "cloudEvents.source";
  static final String TREND_TOPIC = "trendTopic";
  static final String ALERT_TOPIC = "alertTopic";
  static final String TEXT_BYTES = "limits.textBytes";
  static final String EVENT_BYTES = "limits.eventBytes";
  static final String KEY_BYTES = "limits.keyBytes";
  static final String HEADERS = "limits.headers";
  static final String HEADER_BYTES = "limits.headerBytes";
  static final String JSON_DEPTH = "limits.jsonDepth";
  static final String VALUE_BYTES = "limits.valueBytes";
  static final String RECORD_BYTES = "limits.recordBytes";
  static final String CLOSE_TIMEOUT = "closeTimeout";
  static final String HTTP_HOST = "http.host";
  static final String HTTP_PORT = "http.port";
  static final String HTTP_PAGE = "http.page";
  static final String HTTP_SAMPLES = "http.samples";
  static final String TRACING_ENDPOINT = "tracing.endpoint";
  static final String TRACING_SAMPLE = "tracing.sample";

  /** All settings but those of routes and of Kafka. */
  static final List<Setting> GENERAL =
      List.of(
          new Setting(APPLICATION_ID, "sentiment-streams"),
          new Setting(BOOTSTRAP_SERVERS, "127.0.0.1:9092"),
          new Setting(PROCESSING_GUARANTEE, "exactly_once_v2"),
          new Setting(THREADS, "2"),
          new Setting(MAXIMUM_ROWS, "256"),
          new Setting(MAXIMUM_BYTES, "4194304"),
          new Setting(LINGER, "10ms"),
          new Setting(BACKEND, "auto"),
          new Setting(DEVICE, "auto"),
          new Setting(STAGE_JOIN, "auto"),
          new Setting(STAGE_MAXIMUM_ROWS, "1024"),
          new Setting(STAGE_MAXIMUM_WAIT, "2ms"),
          new Setting(MODEL_TIMEOUT, "20s"),
          new Setting(BREAKER_RETRIES, "3"),
          new Setting(BREAKER_BACK_OFF, "200ms"),
          new Setting(BREAKER_LONGEST_BACK_OFF, "30s"),
          new Setting(DEAD_LETTER_TOPIC, "sentiment.dead-letters"),
          new Setting(CONTROL_TOPIC, "sentiment.models"),
          new Setting(DISAGREEMENT_TOPIC, "sentiment.disagreements"),
          new Setting(SHADOW_TIMEOUT, "1s"),
          new Setting(CLOUD_EVENTS_SOURCE, SettingsLoader.NONE),
          new Setting(TREND_TOPIC, "sentiment.trends"),
          new Setting(ALERT_TOPIC, "sentiment.alerts"),
          new Setting(TEXT_BYTES, "2097152"),
          new Setting(EVENT_BYTES, "4194304"),
          new Setting(KEY_BYTES, "65536"),
          new Setting(HEADERS, "100"),
          new Setting(HEADER_BYTES, "65536"),
          new Setting(JSON_DEPTH, "100"),
          new Setting(VALUE_BYTES, "1048576"),
          new Setting(RECORD_BYTES, "8000000"),
          new Setting(CLOSE_TIMEOUT, "30s"),
          new Setting(HTTP_HOST, "127.0.0.1"),
          new Setting(HTTP_PORT, "8080"),
          new Setting(HTTP_PAGE, "true"),
          new Setting(HTTP_SAMPLES, "10"),
          new Setting(TRACING_ENDPOINT, SettingsLoader.NONE),
          new Setting(TRACING_SAMPLE, "1"));

  /** The settings of the schema registry, which have no defaults of the application's. */
  static final List<String> OF_THE_REGISTRY =
      SchemaRegistrySettings.KEYS.stream().map(key -> SCHEMA_REGISTRY + key).toList();

  static final String INPUTS = "inputs";
  static final String MODEL = "model";
  static final String OUTPUT = "output";
  static final String FORMAT = "format";
  static final String TEXT_POINTER = "textPointer";
  static final String ID_POINTER = "idPointer";
  static final String INCLUDE_TEXT = "includeText";
  static final String EXPLAIN = "explain";
  static final String SHADOW = "shadow";
  static final String SHADOW_SHARE = "shadowShare";
  static final String TRENDS = "trends";
  static final String TRENDS_WINDOW = "trendsWindow";
  static final String TRENDS_ADVANCE = "trendsAdvance";
  static final String TRENDS_GRACE = "trendsGrace";
  static final String TRENDS_IDLE = "trendsIdle";
  static final String TRENDS_GROUPS = "trendsGroups";
  static final String ALERT_ABOVE = "alertAbove";
  static final String ALERT_BELOW = "alertBelow";
  static final String ALERT_EVENTS = "alertEvents";
  static final String ALERT_LABEL = "alertLabel";

  /** The settings of a route, after {@code routes.NAME.}; {@link SettingsLoader} has defaults. */
  static final List<String> OF_A_ROUTE =
      List.of(
          INPUTS,
          MODEL,
          OUTPUT,
          FORMAT,
          TEXT_POINTER,
          ID_POINTER,
          INCLUDE_TEXT,
          EXPLAIN,
          SHADOW,
          SHADOW_SHARE,
          TRENDS,
          TRENDS_WINDOW,
          TRENDS_ADVANCE,
          TRENDS_GRACE,
          TRENDS_IDLE,
          TRENDS_GROUPS,
          ALERT_ABOVE,
          ALERT_BELOW,
          ALERT_EVENTS,
          ALERT_LABEL);

  /** {@code batch.maximumRows} as part of an environment variable: {@code BATCH_MAXIMUM_ROWS}. */
  String environmentName() {
    return environmentName(key);
  }

  static String environmentName(String key) {
    return key.replaceAll("([a-z])([A-Z])", "$1_$2")
        .replaceAll("[.-]", "_")
        .toUpperCase(Locale.ROOT);
  }
}
