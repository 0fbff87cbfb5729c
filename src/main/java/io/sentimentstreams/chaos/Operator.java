package io.sentimentstreams.chaos;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.control.Activation;
import io.sentimentstreams.control.ControlRecord;
import io.sentimentstreams.control.ControlState;
import io.sentimentstreams.stream.ControlTopic;
import io.sentimentstreams.stream.StreamSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Writes to the control topic, as {@code sentiment models} does, and tries again while the broker
 * is away; on a thread of its own.
 */
final class Operator implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LATER = Duration.ofMillis(500);

  private final StreamSettings stream;
  private final InstantSource clock;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "chaos-operator");
            made.setDaemon(true);
            return made;
          });

  Operator(StreamSettings stream, InstantSource clock) {
    this.stream = stream;
    this.clock = clock;
  }

  /** Asks for a model; completes with the time just before the record was written. */
  CompletableFuture<Instant> activate(ChaosModel model) {
    return write(
        state ->
            new ControlRecord.Activated(
                ChaosSettings.ROUTE,
                new Activation(
                    model.folder().toString(),
                    model.name(),
                    model.version(),
                    false,
                    clock.instant().truncatedTo(ChronoUnit.MILLIS),
                    state.fallback(ChaosSettings.ROUTE).orElse(null))));
  }

  /** Asks for the model of the settings; completes as above. */
  CompletableFuture<Instant> deactivate() {
    return write(state -> new ControlRecord.Deactivated(ChaosSettings.ROUTE));
  }

  private CompletableFuture<Instant> write(Function<ControlState, ControlRecord> record) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return writeUntilDone(record);
          } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            throw new CompletionException(end);
          }
        },
        thread);
  }

  private Instant writeUntilDone(Function<ControlState, ControlRecord> record)
      throws InterruptedException {
    while (true) {
      try (ControlTopic topic =
          ControlTopic.open(stream, PATIENCE)
              .orElseThrow(() -> new IllegalStateException("the control topic cannot be made"))) {
        ControlState state = new ControlState();
        topic.readToEnd().forEach(entry -> state.add(entry.offset(), entry.at(), entry.content()));
        Instant before = clock.instant();
        topic.write(record.apply(state));
        return before;
      } catch (InvalidInputException away) {
        // The broker does not answer, which the run is about.
        Thread.sleep(LATER.toMillis());
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
