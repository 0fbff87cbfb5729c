package io.sentimentstreams.cli;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Ends a process with the one that started it, however that one ended; for those that are started
 * with {@code -Dsentiment.parent=PID}. A process that stands still (SIGSTOP) ends when it goes on.
 */
final class ParentWatch {
  private ParentWatch() {}

  /** Runs {@code end}, on a thread of its own, once the process has ended, or where it has. */
  static CompletableFuture<Void> of(long pid, Runnable end) {
    Optional<ProcessHandle> parent = ProcessHandle.of(pid);
    return parent
        .map(ProcessHandle::onExit)
        .map(ended -> ended.thenRun(end))
        .orElseGet(() -> CompletableFuture.runAsync(end));
  }
}
