package io.sentimentstreams.stream;

import java.util.Optional;

/**
 * Where a route has its model. Each frame leases the model that is there when its work begins, and
 * keeps it until all of its rows are sent on: so no frame mixes two models, and an exchange takes
 * effect between two frames.
 *
 * <p>Safe for use by several threads at once.
 */
final class ModelSlot {
  private RouteModel current;
  private boolean closed;

  /** A slot with its first model, whose hold it takes over. */
  ModelSlot(RouteModel first) {
    this.current = first;
  }

  /** The model as it is now. */
  synchronized RouteModel current() {
    return current;
  }

  /** The model as it is now, for one frame. */
  synchronized Lease lease() {
    current.shared().hold();
    return new Lease(current);
  }

  /** As {@link #lease}, for those that may come after the end: empty then. */
  synchronized Optional<Lease> leaseIfOpen() {
    return closed ? Optional.empty() : Optional.of(lease());
  }

  /** Puts another model in, whose hold it takes over. The former is closed after its last frame. */
  void exchange(RouteModel next) {
    replaced(next).shared().release();
  }

  private synchronized RouteModel replaced(RouteModel next) {
    RouteModel former = current;
    current = next;
    return former;
  }

  /** Gives the model back for good; there are no leases after this. */
  void close() {
    closing().shared().release();
  }

  private synchronized RouteModel closing() {
    closed = true;
    return current;
  }

  /** A model on loan; to be closed once. */
  record Lease(RouteModel model) implements AutoCloseable {
    @Override
    public void close() {
      model.shared().release();
    }
  }
}
