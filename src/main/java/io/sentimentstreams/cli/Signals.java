package io.sentimentstreams.cli;

/** How a process is asked to stop: Ctrl-C (SIGINT) or SIGTERM. */
@FunctionalInterface
interface Signals {

  /**
   * Calls {@code onStop} at the first request to stop, on a thread of its own; at the second the
   * process ends at once. Until this is called, and after the result is closed, the first request
   * ends the process, as it does by default.
   */
  Subscription onStop(Runnable onStop);

  /** Ends the subscription. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
