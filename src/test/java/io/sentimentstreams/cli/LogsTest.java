package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogsTest {
  @AfterEach
  void writeText() {
    Logs.write(LogFormat.TEXT);
  }

  @Test
  void json_asked_isAnObjectALineByTheElasticCommonSchema() throws Exception {
    Logs.write(LogFormat.JSON);

    String line = line("no \"broker\"\nanswers", new IllegalStateException("gone"));

    assertThat(line).endsWith("\n");
    assertThat(line.strip()).doesNotContain("\n");
    JsonNode event = new JsonMapper().readTree(line);
    assertThat(event.path("message").asText()).isEqualTo("no \"broker\"\nanswers");
    assertThat(event.path("log.level").asText()).isEqualTo("WARN");
    assertThat(event.path("log.logger").asText()).isEqualTo("io.sentimentstreams.Test");
    assertThat(event.path("service.name").asText()).isEqualTo("sentiment-streams");
    assertThat(event.path("@timestamp").asText()).startsWith("20").endsWith("Z");
    assertThat(event.path("error.stack_trace").asText()).contains("gone", "LogsTest");
  }

  @Test
  void text_afterJson_isTextAgain() {
    Logs.write(LogFormat.JSON);
    Logs.write(LogFormat.TEXT);

    assertThat(line("hello", null)).contains(" WARN ", " Test - hello").doesNotStartWith("{");
  }

  @Test
  void format_ofTheEnvironmentThatIsNone_isOneLine() {
    TestShell shell = new TestShell().withEnvironment("SENTIMENT_LOG", "xml");

    assertThat(shell.run("stream")).isEqualTo(2);
    assertThat(shell.err())
        .startsWith("sentiment: SENTIMENT_LOG: \"xml\" is no format; give text or json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stream --log-format json --config no-such.yaml",
        "stream --log-format=JSON --set nonsense=1",
        "stream --nonsense --log-format json",
        "demo --log-format json --rate fast",
      })
  void lastLine_ofACommandThatLogsAsJson_isAnObjectToo(String command) throws Exception {
    TestShell shell = new TestShell();

    assertThat(shell.run(command.split(" "))).isEqualTo(2);

    assertThat(shell.err().lines()).hasSize(1);
    JsonNode event = new JsonMapper().readTree(shell.err());
    assertThat(event.path("message").asText()).containsAnyOf("no-such.yaml", "nonsense", "--rate");
    assertThat(event.path("log.level").asText()).isEqualTo("ERROR");
    assertThat(event.path("service.name").asText()).isEqualTo("sentiment-streams");
    assertThat(event.has("error.stack_trace")).isFalse();
  }

  @Test
  void lastLine_verboseAsJson_hasTheStackTraceWithin() throws Exception {
    TestShell shell = new TestShell().withEnvironment("SENTIMENT_LOG", "json");

    assertThat(shell.run("stream", "--config=no-such.yaml", "--verbose")).isEqualTo(2);

    assertThat(shell.err().lines()).hasSize(1);
    assertThat(new JsonMapper().readTree(shell.err()).path("error.stack_trace").asText())
        .contains("InvalidInputException", "\tat io.sentimentstreams.");
  }

  @Test
  void lastLine_ofACommandWithoutLogFormat_isText() {
    TestShell shell = new TestShell().withEnvironment("SENTIMENT_LOG", "json");

    assertThat(shell.run("score", "--model", "no/such/model")).isEqualTo(2);

    assertThat(shell.err()).startsWith("sentiment: ");
  }

  /** As the only appender of all loggers writes it. */
  private static String line(String message, @Nullable Throwable thrown) {
    LoggerConfig root = LoggerContext.getContext(false).getConfiguration().getRootLogger();
    assertThat(root.getAppenders()).hasSize(1);
    return new String(
        root.getAppenders()
            .values()
            .iterator()
            .next()
            .getLayout()
            .toByteArray(
                Log4jLogEvent.newBuilder()
                    .setLoggerName("io.sentimentstreams.Test")
                    .setLevel(Level.WARN)
                    .setMessage(new SimpleMessage(message))
                    .setThrown(thrown)
                    .build()),
        UTF_8);
  }
}
