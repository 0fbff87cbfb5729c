package io.sentimentstreams.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The schemas that ship in {@code topics/schemas}. */
final class Schemas {
  static final Path TOPICS = Path.of("topics");

  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  private Schemas() {}

  static JsonSchema read(String name) {
    return FACTORY.getSchema(source(name));
  }

  static String source(String name) {
    try {
      return Files.readString(TOPICS.resolve("schemas").resolve(name + ".schema.json"));
    } catch (IOException e) {
      throw new AssertionError("schema " + name, e);
    }
  }

  static void assertValid(JsonSchema schema, byte[] json) {
    assertThat(
            schema.validate(
                new String(json, UTF_8),
                InputFormat.JSON,
                context -> context.getExecutionConfig().setFormatAssertionsEnabled(true)))
        .as("%s", new String(json, UTF_8))
        .isEmpty();
  }
}
