package io.sentimentstreams.bench;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.ModelBundle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * All backends that can compute a model here.
 *
 * @param open in the order asked for
 * @param skipped those that cannot, and why
 */
record Sessions(List<Session> open, List<InferenceReport.Skipped> skipped)
    implements AutoCloseable {

  /**
   * Opens backends one after the other.
   *
   * @throws InvalidInputException where none can compute the model; the message has the reasons
   */
  static Sessions open(
      ModelBundle bundle, InferenceSettings settings, int[][] first, LongSupplier nanos) {
    Sessions sessions = new Sessions(new ArrayList<>(), new ArrayList<>());
    try {
      for (BackendKind kind : settings.backends()) {
        sessions.add(bundle, kind, settings, first, nanos);
      }
      sessions.requireSome();
      return sessions;
    } catch (RuntimeException | Error e) {
      sessions.close();
      throw e;
    }
  }

  private void add(
      ModelBundle bundle,
      BackendKind kind,
      InferenceSettings settings,
      int[][] first,
      LongSupplier nanos) {
    try {
      open.add(Session.open(bundle, kind, settings, first, nanos));
    } catch (InvalidInputException e) {
      skipped.add(
          new InferenceReport.Skipped(bundle.name(), kind.code(), String.valueOf(e.getMessage())));
    }
  }

  private void requireSome() {
    if (open.isEmpty()) {
      throw new InvalidInputException(
          skipped.stream()
              .map(InferenceReport.Skipped::reason)
              .distinct()
              .collect(Collectors.joining("; ")));
    }
  }

  @Override
  public void close() {
    open.forEach(Session::close);
  }
}
