package io.sentimentstreams.bench;

import io.sentimentstreams.metrics.Meters;
import io.sentimentstreams.metrics.PrometheusMetrics;
import io.sentimentstreams.stream.Labeller;
import io.sentimentstreams.stream.SettingsLoader;
import io.sentimentstreams.stream.StreamRunner;
import io.sentimentstreams.stream.StreamSettings;
import io.sentimentstreams.stream.StreamState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The stream as {@code sentiment stream} runs it, with the model of a folder or another one. */
final class StreamWay implements Way {
  private static final String ROUTE = "bench";

  private final String name;
  private final Path model;
  private final PipelineSettings settings;
  private final @Nullable Supplier<Labeller> other;

  /**
   * @param model the bundle's folder
   * @param other makes the model that is used instead of the bundle; null for the bundle
   */
  StreamWay(
      String name, Path model, PipelineSettings settings, @Nullable Supplier<Labeller> other) {
    this.name = name;
    this.model = model;
    this.settings = settings;
    this.other = other;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Running start(Job job) throws InterruptedException {
    PrometheusMetrics metrics = new PrometheusMetrics();
    StreamRunner runner = runner(settings(job), metrics);
    Running running = new RunningStream(runner, metrics);
    try {
      runner.start();
      return running;
    } catch (RuntimeException | Error | InterruptedException e) {
      running.close();
      throw e;
    }
  }

  private StreamRunner runner(StreamSettings streamSettings, PrometheusMetrics metrics) {
    Supplier<Labeller> opener = other;
    return opener == null
        ? StreamRunner.of(streamSettings, metrics.registry())
        : new StreamRunner(
            streamSettings, route -> opener.get(), metrics.registry(), InstantSource.system());
  }

  /** Through a file, for only a file replaces the shipped routes. */
  private StreamSettings settings(Job job) {
    Path file = job.folder().resolve("stream.properties");
    try {
      Files.writeString(file, "routes.%s.inputs=%s%n".formatted(ROUTE, job.input()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> all = new LinkedHashMap<>();
    all.put("threads", Integer.toString(settings.threads()));
    all.putAll(settings.overrides());
    all.put("applicationId", job.applicationId());
    all.put("bootstrapServers", job.bootstrapServers());
    all.put("deadLetterTopic", job.deadLetters());
    all.put("routes." + ROUTE + ".output", job.output());
    all.put("routes." + ROUTE + ".model", model.toString());
    all.put("kafka.state.dir", job.folder().toString());
    return SettingsLoader.load(file, Map.of(), all);
  }

  private record RunningStream(StreamRunner runner, PrometheusMetrics metrics) implements Running {
    @Override
    public boolean isReady() {
      StreamState state = runner.state();
      if (state == StreamState.FAILED || state == StreamState.STOPPED) {
        throw new IllegalStateException(
            "the stream has ended: " + state, runner.failure().orElse(null));
      }
      return state == StreamState.RUNNING;
    }

    @Override
    public String backend() {
      return Objects.requireNonNull(
          metrics.registry().get(Meters.MODEL_INFO).meter().getId().getTag(Meters.BACKEND));
    }

    @Override
    public void close() {
      runner.close();
      metrics.close();
    }
  }
}
