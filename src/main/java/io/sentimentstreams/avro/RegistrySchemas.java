package io.sentimentstreams.avro;

import com.microsoft.kiota.ApiException;
import io.apicurio.registry.resolver.DefaultSchemaResolver;
import io.apicurio.registry.resolver.strategy.ArtifactReference;
import io.apicurio.registry.rest.client.models.ProblemDetails;
import io.apicurio.registry.serde.data.SerdeMetadata;
import io.apicurio.registry.serde.data.SerdeRecord;
import io.sentimentstreams.event.CodecUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of a registry, as Apicurio's resolver finds them. A schema never changes under its
 * id, so what was found is kept; that there is none is kept for a while. Thread-safe.
 *
 * <p>That the registry knows no such id is an answer. Whatever else goes wrong is no fault of an
 * event: no connection, no answer in time, a refusal, an error of the registry's, a page of some
 * proxy.
 */
final class RegistrySchemas implements AutoCloseable {
  /** How long an id that the registry does not know is not asked for again. */
  static final Duration RECHECK = Duration.ofSeconds(30);

  /** Unknown ids that are kept; they may be chosen by a stranger. */
  private static final int KEPT_UNKNOWN = 10_000;

  /** Characters of an answer that are passed on; some quote whole schemas. */
  private static final int LONGEST = 200;

  private static final int NOT_FOUND = 404;
  private static final String NAME_OF_NOT_FOUND = "NotFoundException";

  private final String url;
  private final DefaultSchemaResolver<Schema, GenericRecord> resolver;
  private final Duration patience;
  private final LongSupplier nanos;
  private final Map<Key, Schema> known = new ConcurrentHashMap<>();
  private final Map<Key, Long> unknownSince = new ConcurrentHashMap<>(); // nanos

  /** The client waits for answers without limit. */
  private final ExecutorService lookups = Executors.newCachedThreadPool(RegistrySchemas::daemon);

  /** What the registry gave no answer on the last time. */
  private volatile @Nullable ArtifactReference unanswered;

  /** As Apicurio names its ids; its own type is equal to others in more ways than one. */
  private record Key(@Nullable Long globalId, @Nullable Long contentId) {
    static Key of(ArtifactReference reference) {
      return new Key(reference.getGlobalId(), reference.getContentId());
    }
  }

  /**
   * Without having asked for anything yet.
   *
   * @param url for messages
   * @param config of Apicurio's serdes
   * @param patience how long to wait for an answer
   * @param nanos as {@link System#nanoTime}
   */
  RegistrySchemas(String url, Map<String, Object> config, Duration patience, LongSupplier nanos) {
    this.url = url;
    this.patience = patience;
    this.nanos = nanos;
    this.resolver = new DefaultSchemaResolver<>();
    resolver.configure(config, new ContentParser());
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "schema-lookup");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * A schema by what an event says of it.
   *
   * @param reference a content's id, or a global one; all else of it does not count
   * @throws UnknownSchemaException where there is none
   * @throws CodecUnavailableException where the registry does not tell
   */
  Schema find(ArtifactReference reference) throws UnknownSchemaException {
    Key key = Key.of(reference);
    Schema found = known.get(key);
    if (found != null) {
      return found;
    }
    Long since = unknownSince.get(key);
    if (since != null && nanos.getAsLong() - since < RECHECK.toNanos()) {
      throw unknown(reference, "was not there a moment ago");
    }
    return asked(reference, key);
  }

  private Schema asked(ArtifactReference reference, Key key) throws UnknownSchemaException {
    try {
      Schema schema =
          inTime(
              () ->
                  resolver
                      .resolveSchemaByArtifactReference(reference)
                      .getParsedSchema()
                      .getParsedSchema());
      known.put(key, schema);
      unknownSince.remove(key);
      return schema;
    } catch (ExecutionException failure) {
      String answer = answerOfNoSchema(failure);
      if (answer == null) {
        unanswered = reference;
        throw unavailable(failure);
      }
      if (unknownSince.size() >= KEPT_UNKNOWN) {
        unknownSince.clear();
      }
      unknownSince.put(key, nanos.getAsLong());
      throw unknown(reference, answer);
    } catch (CodecUnavailableException unavailable) {
      unanswered = reference;
      throw unavailable;
    }
  }

  private UnknownSchemaException unknown(ArtifactReference reference, String answer) {
    String id =
        reference.getContentId() != null
            ? "contentId " + reference.getContentId()
            : "globalId " + reference.getGlobalId();
    return new UnknownSchemaException("%s at %s: %s".formatted(id, url, answer));
  }

  /**
   * Asks again for what the registry gave no answer on the last time.
   *
   * @throws CodecUnavailableException where it still gives none
   */
  void askAgain() {
    ArtifactReference reference = unanswered;
    if (reference != null) {
      try {
        Schema unused = find(reference);
      } catch (UnknownSchemaException answered) {
        // An answer, too.
      }
      unanswered = null;
    }
  }

  /**
   * Finds out, or settles, under which id the values of a topic have a schema.
   *
   * @throws CodecUnavailableException where the registry does not tell, or refuses
   */
  ArtifactReference register(String topic, Schema schema) {
    try {
      return inTime(
          () ->
              resolver
                  .resolveSchema(
                      new SerdeRecord<>(
                          new SerdeMetadata(topic, false), new GenericData.Record(schema)))
                  .toArtifactReference());
    } catch (ExecutionException failure) {
      throw unavailable(failure);
    }
  }

  private <T> T inTime(Callable<T> lookup) throws ExecutionException {
    Future<T> answer = lookups.submit(lookup);
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw new CodecUnavailableException(
          "schema registry %s: no answer within %d ms".formatted(url, patience.toMillis()), late);
    } catch (InterruptedException ending) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new CodecUnavailableException(
          "schema registry %s: not waited for".formatted(url), ending);
    }
  }

  /** What the registry said where it has no such schema, null where it is something else. */
  private static @Nullable String answerOfNoSchema(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProblemDetails problem && isOfContent(problem)) {
        return line(problem);
      }
      if (cause instanceof UnreadableSchemaException) {
        return line(cause);
      }
    }
    return null;
  }

  /** A {@code ContentNotFoundException} and the like; the plain one is of the address. */
  private static boolean isOfContent(ProblemDetails problem) {
    String name = problem.getName();
    return status(problem) == NOT_FOUND
        && name != null
        && name.endsWith(NAME_OF_NOT_FOUND)
        && !name.equals(NAME_OF_NOT_FOUND);
  }

  private CodecUnavailableException unavailable(Throwable failure) {
    Throwable deepest = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      deepest = cause;
      if (cause instanceof ApiException answer) {
        return new CodecUnavailableException(
            "schema registry %s: answers HTTP %d: %s".formatted(url, status(answer), line(answer)),
            failure);
      }
    }
    return new CodecUnavailableException(
        "schema registry %s: %s".formatted(url, line(deepest)), failure);
  }

  private static int status(ApiException answer) {
    Integer told = answer instanceof ProblemDetails problem ? problem.getStatus() : null;
    return told == null ? answer.getResponseStatusCode() : told;
  }

  private static String line(Throwable failure) {
    String title = failure instanceof ProblemDetails problem ? problem.getTitle() : null;
    String message = title == null ? failure.getMessage() : title;
    String all = message == null ? failure.getClass().getSimpleName() : message;
    String line = all.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }

  /** Ends lookups that nobody needs any more. */
  @Override
  public void close() {
    lookups.shutdownNow();
  }
}
