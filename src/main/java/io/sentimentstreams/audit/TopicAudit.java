package io.sentimentstreams.audit;

import static java.util.stream.Collectors.toSet;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.stream.KafkaClients;
import io.sentimentstreams.stream.StreamSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;

/**
 * Audits a stream that runs or has ended, by what its topics hold: input and output topics are read
 * side by side, up to where they end when the audit begins. Events that the stream has not come to,
 * by the offsets that its group has committed, are waited for.
 *
 * <p>It joins no group and changes nothing. Outputs are read as committed; inputs as the stream
 * reads them.
 */
public final class TopicAudit {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  /** How long outputs may stand behind an open transaction: more than a dead one stays open. */
  private static final Duration OPEN_TRANSACTION = Duration.ofSeconds(75);

  /** Outputs of which it is not known whether there is such an event, before the ends are asked. */
  private static final int MOST_UNDECIDED = 50_000;

  /** Fetches of more than a few records. */
  private static final Map<String, Object> READING =
      Map.of(
          ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000,
          ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1,
          ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100,
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");

  private final StreamSettings settings;
  private final AuditRequest request;
  private final LongConsumer progress;
  private final BooleanSupplier stop;
  private final KafkaClients clients;
  private final AuditRoutes routes;

  /**
   * An audit.
   *
   * @param settings those of the stream: broker, routes, topics, group
   * @param progress told how many records have been read
   * @param stop whether to end early, with what was read so far
   */
  public TopicAudit(
      StreamSettings settings, AuditRequest request, LongConsumer progress, BooleanSupplier stop) {
    this.settings = settings;
    this.request = request;
    this.progress = progress;
    this.stop = stop;
    this.clients = new KafkaClients(settings);
    this.routes = AuditRoutes.of(settings, request.routes());
  }

  /**
   * Reads and counts.
   *
   * @throws InvalidInputException for what the user can mend: the broker's address, topics, ranges
   */
  public AuditResult run() throws InterruptedException {
    try (AuditBroker broker = new AuditBroker(settings, clients)) {
      List<Partition> all = broker.partitions(routes.topics());
      List<Partition> inputs = all.stream().filter(this::isInput).toList();
      List<Partition> outputs = all.stream().filter(partition -> !isInput(partition)).toList();
      Map<Partition, Long> inputStarts =
          broker.offsets(inputs, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
      Map<Partition, Long> outputStarts =
          broker.offsets(outputs, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
      List<Scope> scopes = scopes(broker, inputs, inputStarts);
      return new Run(broker, scopes, inputStarts, outputStarts).result();
    }
  }

  private boolean isInput(Partition partition) {
    return routes.inputs().contains(partition.topic());
  }

  private List<Scope> scopes(
      AuditBroker broker, List<Partition> inputs, Map<Partition, Long> starts)
      throws InterruptedException {
    requireKnown(inputs, request.from().keySet());
    requireKnown(inputs, request.to().keySet());
    Map<Partition, Long> ends =
        broker.offsets(inputs, OffsetSpec.latest(), clients.inputIsolation());
    Map<Partition, Long> since =
        request.since() == null
            ? starts
            : broker.offsets(
                inputs,
                OffsetSpec.forTimestamp(request.since().toEpochMilli()),
                IsolationLevel.READ_UNCOMMITTED);
    Set<String> compacted = broker.compacted(routes.inputs());
    List<Scope> scopes = new ArrayList<>();
    for (Partition input : inputs) {
      long end = ends.getOrDefault(input, 0L);
      long to = request.to().getOrDefault(input, end);
      if (to > end) {
        throw new InvalidInputException(
            "to: %s=%d, but the partition ends at %d".formatted(input, to, end));
      }
      // Where no event is so late, there is none to audit.
      long from = request.from().getOrDefault(input, Math.min(to, since.getOrDefault(input, end)));
      if (from > to) {
        throw new InvalidInputException(
            "from: %s=%d is behind the end, %d".formatted(input, from, to));
      }
      long first = Math.min(to, Math.max(from, starts.getOrDefault(input, 0L)));
      scopes.add(new Scope(input, first, to, compacted.contains(input.topic())));
    }
    return scopes;
  }

  private static void requireKnown(List<Partition> inputs, Set<Partition> given) {
    for (Partition partition : given) {
      if (!inputs.contains(partition)) {
        throw new InvalidInputException(
            "%s is no partition of the audited input topics; there are %s"
                .formatted(partition, inputs));
      }
    }
  }

  /** One reading of the topics. */
  private final class Run implements TopicReader.Listener {
    private final AuditBroker broker;
    private final List<Scope> scopes;
    private final Map<Partition, Long> inputStarts;
    private final Map<Partition, Long> outputStarts;
    private final Auditor auditor;
    private final OutputSource sources = new OutputSource();
    private final Map<Partition, Long> retention = new TreeMap<>();
    private final Set<Partition> trimmed = new TreeSet<>();

    Run(
        AuditBroker broker,
        List<Scope> scopes,
        Map<Partition, Long> inputStarts,
        Map<Partition, Long> outputStarts) {
      this.broker = broker;
      this.scopes = scopes;
      this.inputStarts = inputStarts;
      this.outputStarts = outputStarts;
      this.auditor = new Auditor(scopes, request.examples());
      scopes.forEach(scope -> sources.expect(scope.input()));
      outputStarts.forEach(
          (output, start) -> {
            if (start > 0) {
              trimmed.add(output);
            }
          });
    }

    AuditResult result() throws InterruptedException {
      Map<Partition, Long> from = new TreeMap<>();
      Map<Partition, Long> to = new TreeMap<>();
      for (Scope scope : scopes) {
        from.put(scope.input(), scope.from());
        to.put(scope.input(), scope.to());
        noteRetention(scope);
      }
      try (TopicReader inputs =
              new TopicReader(
                  clients.consumer("verify-inputs", clients.inputIsolation(), READING),
                  from,
                  this);
          TopicReader outputs =
              new TopicReader(clients.consumer("verify-outputs", READING), outputStarts, this)) {
        inputs.aimAt(to);
        return read(inputs, outputs);
      }
    }

    private void noteRetention(Scope scope) {
      long start = inputStarts.getOrDefault(scope.input(), 0L);
      long asked = request.from().getOrDefault(scope.input(), 0L);
      boolean byTime = request.since() != null && !request.from().containsKey(scope.input());
      if (start > asked && !byTime) {
        retention.put(scope.input(), start);
      }
    }

    private AuditResult read(TopicReader inputs, TopicReader outputs) throws InterruptedException {
      long deadline = Long.MAX_VALUE;
      while (true) {
        // In this order: the outputs of all that is committed stand before the ends.
        Map<Partition, Long> committed = broker.committed();
        outputs.aimAt(
            broker.offsets(
                outputStarts.keySet(), OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED));
        boolean whole = readToTheAims(inputs, outputs);
        decide();
        // Where outputs may still appear, nothing is called lost.
        Map<Partition, Long> done = whole ? committed : Map.of();
        long now = System.nanoTime();
        deadline = deadline == Long.MAX_VALUE ? now + request.patience().toNanos() : deadline;
        if (stop.getAsBoolean() || auditor.pending(done) == 0 || now - deadline >= 0) {
          boolean idle = committed.keySet().stream().noneMatch(TopicAudit.this::isInput);
          return new AuditResult(
              auditor.report(done, this::trimmed),
              retention,
              trimmed,
              whole,
              whole ? List.of() : broker.openTransactions(outputStarts.keySet()),
              idle ? settings.applicationId() : null);
        }
        Thread.sleep(LOOK_AGAIN.toMillis());
      }
    }

    /** Tells events that came during the audit from ones that outputs name and nobody sent. */
    private void decide() throws InterruptedException {
      if (auditor.undecided() > 0) {
        // Partitions may have been added. Not the ends that the stream sees: an offset in an open
        // transaction exists.
        auditor.ends(
            broker.offsets(
                broker.partitions(routes.inputs()),
                OffsetSpec.latest(),
                IsolationLevel.READ_UNCOMMITTED));
      }
    }

    /** False where it was stopped, or stands at an open transaction. */
    private boolean readToTheAims(TopicReader inputs, TopicReader outputs)
        throws InterruptedException {
      long moved = System.nanoTime();
      while (!inputs.isDone() || !outputs.isDone()) {
        boolean further = !inputs.isDone() && inputs.poll(POLL);
        further |= !outputs.isDone() && outputs.poll(POLL);
        if (auditor.undecided() > MOST_UNDECIDED) {
          decide();
        }
        progress.accept(inputs.records() + outputs.records());
        long now = System.nanoTime();
        moved = further ? now : moved;
        if (stop.getAsBoolean() || now - moved > OPEN_TRANSACTION.toNanos()) {
          return false;
        }
      }
      return true;
    }

    /** Output partitions without their beginning that may hold outputs of this topic's events. */
    private Set<Partition> trimmed(String input) {
      return trimmed.stream()
          .filter(output -> routes.mayHold(output.topic(), input))
          .collect(toSet());
    }

    @Override
    public void read(Partition partition, ConsumerRecord<byte[], byte[]> record) {
      if (isInput(partition)) {
        auditor.event(partition, record.offset());
        return;
      }
      OutputKind kind = routes.kind(partition.topic());
      OutputSource.Source source = sources.of(kind, record.headers());
      if (source == null || !routes.mayHold(partition.topic(), source.input().topic())) {
        auditor.foreign(partition.topic());
        return;
      }
      if (isInput(source.input())) {
        auditor.unknown(source.input()); // of no effect but where the topic lacks the partition
        auditor.output(kind, partition, record.offset(), source.input(), source.offset());
      }
    }

    @Override
    public void readTo(Partition partition, long offset) {
      if (isInput(partition)) {
        auditor.readTo(partition, offset);
      }
    }

    @Override
    public void gone(Partition partition, long from, long to) {
      if (isInput(partition)) {
        auditor.gone(partition, from, to);
        retention.put(partition, to);
      } else {
        trimmed.add(partition);
      }
    }
  }
}
