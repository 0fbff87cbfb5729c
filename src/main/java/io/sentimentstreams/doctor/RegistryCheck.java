package io.sentimentstreams.doctor;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.avro.AvroRoutes;
import io.sentimentstreams.avro.SchemaRegistrySettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What routes in Avro need: their libraries, and a registry of schemas that answers. */
final class RegistryCheck {
  private static final String WHAT = "schema registry";
  private static final String REMEDY = "start it, or correct schemaRegistry.url";
  private static final int SERVER_ERROR = 500;

  private RegistryCheck() {}

  /** Asks once, without credentials: whoever refuses is there. Registers nothing. */
  static Finding check(SchemaRegistrySettings settings, Duration patience)
      throws InterruptedException {
    try {
      AvroRoutes.open(settings).close();
      return answer(String.valueOf(settings.url()), patience);
    } catch (InvalidInputException unusable) {
      return Finding.fail(WHAT, String.valueOf(unusable.getMessage()), "as it says");
    }
  }

  private static Finding answer(String url, Duration patience) throws InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(patience).build();
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(patience).build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status < SERVER_ERROR
          ? Finding.ok(WHAT, "%s answers".formatted(url))
          : Finding.fail(WHAT, "%s answers with status %d".formatted(url, status), REMEDY);
    } catch (IOException silent) {
      return Finding.fail(WHAT, "%s does not answer (%s)".formatted(url, silent), REMEDY);
    }
  }
}
