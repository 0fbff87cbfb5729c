package io.sentimentstreams.cli;

import io.sentimentstreams.stream.Route;
import io.sentimentstreams.stream.StreamSettings;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Sends events to a running stream and watches them come out of it. */
final class DemoSession {
  private final StreamSettings settings;
  private final StreamService service;
  private final DemoScreen screen;

  DemoSession(StreamSettings settings, StreamService service, DemoScreen screen) {
    this.settings = settings;
    this.service = service;
    this.screen = screen;
  }

  /**
   * Runs until the feed is through or a stop is requested.
   *
   * @param perSecond events a second; infinite for as many as the stream takes
   * @return the counts of this run's events alone, however many others the topics hold
   */
  RunTally.Counts run(DemoFeed feed, double perSecond, StopRequest stop)
      throws InterruptedException {
    String run = UUID.randomUUID().toString();
    RunTally tally = new RunTally(System::nanoTime);
    try (DemoObserver observer = observer(run, tally);
        DemoProducer producer =
            new DemoProducer(settings.bootstrapServers(), inputTopics(), run, tally)) {
      observer.start();
      Runnable requireHealthy =
          () -> {
            service.requireLive();
            observer.requireHealthy();
          };
      return new DemoRun(
              producer, tally, requireHealthy, stop, settings.closeTimeout(), System::nanoTime)
          .run(feed, perSecond);
    }
  }

  private DemoObserver observer(String run, RunTally tally) {
    Set<String> outputs = settings.routes().stream().map(Route::output).collect(Collectors.toSet());
    return new DemoObserver(
        settings.bootstrapServers(), outputs, settings.deadLetterTopic(), run, tally, screen);
  }

  private Map<String, String> inputTopics() {
    return settings.routes().stream()
        .collect(Collectors.toMap(Route::name, route -> route.inputs().get(0)));
  }
}
