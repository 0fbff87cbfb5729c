package io.sentimentstreams.doctor;

import io.sentimentstreams.model.BackendState;
import io.sentimentstreams.model.Backends;
import io.sentimentstreams.stream.StreamSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.StreamsConfig;

/** All checks, for one set of settings. Changes nothing but for files that it deletes at once. */
public final class Doctor {
  /** The one that is tried where no setting names a broker. */
  private static final String DEFAULT_BROKER = "127.0.0.1:9092";

  /** How long the registry may take for an answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final String TEMPORARY = "java.io.tmpdir";
  private static final String NATIVE_CACHE = "org.bytedeco.javacpp.cachedir";

  private final StreamSettings settings;
  private final Set<String> described;

  /**
   * Checks for a stream with these settings.
   *
   * @param described topics that a file describes, so that a command can make them
   */
  public Doctor(StreamSettings settings, Set<String> described) {
    this.settings = settings;
    this.described = Set.copyOf(described);
  }

  /** Machine, models, folders, port and broker; takes seconds. */
  public List<Finding> check() throws InterruptedException {
    List<BackendState> backends = Backends.here();
    List<Finding> findings =
        new ArrayList<>(
            new MachineChecks(Path.of("/proc"), backends)
                .check(settings.backend(), settings.device()));
    findings.addAll(ModelChecks.check(settings));
    findings.addAll(folders());
    findings.add(FolderChecks.port(settings.http().host(), settings.http().port()));
    if (settings.hasAvro()) {
      findings.add(RegistryCheck.check(settings.schemaRegistry(), PATIENCE));
    }
    boolean named = !settings.bootstrapServers().equals(DEFAULT_BROKER);
    findings.addAll(new BrokerChecks(settings, described, named).check());
    return findings;
  }

  private List<Finding> folders() {
    Path temporary = Path.of(System.getProperty(TEMPORARY));
    Path cache =
        Path.of(
            System.getProperty(
                NATIVE_CACHE,
                Path.of(System.getProperty("user.home"), ".javacpp", "cache").toString()));
    Path state =
        Path.of(
            settings
                .kafka()
                .getOrDefault(
                    StreamsConfig.STATE_DIR_CONFIG, temporary.resolve("kafka-streams").toString()));
    return List.of(
        FolderChecks.folder("state", state, "set kafka.state.dir"),
        FolderChecks.folder(
            "natives", cache, "choose another: SENTIMENT_JAVA_OPTS=-D" + NATIVE_CACHE + "=FOLDER"),
        FolderChecks.folder(
            "temporary",
            temporary,
            "choose another: SENTIMENT_JAVA_OPTS=-D" + TEMPORARY + "=FOLDER"));
  }
}
