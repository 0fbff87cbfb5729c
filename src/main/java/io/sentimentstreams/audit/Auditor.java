package io.sentimentstreams.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Sets the events of input partitions against the outputs, whose headers name their events: whether
 * each event has one output, and whether, within an output partition, the outputs of an input
 * partition are in its order. Events and outputs may come in any interleaving, each partition's in
 * its own order. Knows nothing of Kafka; for one thread.
 */
public final class Auditor {
  private final int examples;
  private final Map<Partition, Account> accounts = new TreeMap<>();
  private final Map<String, Long> foreign = new TreeMap<>();
  private int undecided;

  /**
   * An auditor of these ranges.
   *
   * @param examples how many coordinates of each fault the report lists
   */
  public Auditor(Collection<Scope> scopes, int examples) {
    this.examples = examples;
    scopes.forEach(scope -> accounts.put(scope.input(), new Account(scope, true)));
  }

  /** An event was read; outside of the range it does not count. */
  public void event(Partition input, long offset) {
    Account account = account(input);
    if (account.scope.holds(offset)) {
      account.ledger.event(offset);
    }
  }

  /** All events of an input partition below this offset have been read. */
  public void readTo(Partition input, long offset) {
    account(input).ledger.readTo(offset);
  }

  /** Events from one offset to before another went away before they could be read. */
  public void gone(Partition input, long from, long to) {
    Account account = account(input);
    account.gone.add(new long[] {from, to});
    account.ledger.keepAll();
  }

  /**
   * An output was read. One whose offset is behind the known end of its partition is decided on by
   * {@link #ends}: its event may be a later one, or none.
   *
   * @param output where it is
   * @param outputOffset its own offset
   * @param input the partition of its event
   * @param offset the offset of its event
   * @return false where the event's partition is not audited
   */
  public boolean output(
      OutputKind kind, Partition output, long outputOffset, Partition input, long offset) {
    Account account = accounts.get(input);
    if (account == null || offset < 0) {
      return false;
    }
    Coordinates where = new Coordinates(input, offset, output, outputOffset);
    if (offset >= account.end) {
      account.undecided.add(where);
      undecided++;
      return true;
    }
    Lane lane = account.lane(where);
    if (account.scope.holds(offset)) {
      account.output(kind, where, lane.last);
    }
    lane.last = Math.max(lane.last, offset);
    return true;
  }

  /** A partition that outputs name, and that its topic did not have when the audit began. */
  public void unknown(Partition input) {
    accounts.computeIfAbsent(input, any -> new Account(new Scope(input, 0, 0, false), false));
  }

  /** Outputs that {@link #ends} has to decide on. */
  public int undecided() {
    return undecided;
  }

  /**
   * Where input partitions end, found out after all outputs given so far were read: an output that
   * names an offset there or later has no event.
   *
   * @param ends by input partition; one that is left out does not exist
   */
  public void ends(Map<Partition, Long> ends) {
    accounts.forEach((input, account) -> account.decide(ends.getOrDefault(input, 0L)));
    undecided = 0;
  }

  /** A record of an output topic does not say which event it is of. */
  public void foreign(String topic) {
    foreign.merge(topic, 1L, Long::sum);
  }

  /** Events that were read and have no output yet. */
  public long missing() {
    return accounts.values().stream().mapToLong(account -> account.ledger.missing()).sum();
  }

  /**
   * Events without output that nobody says to have worked on.
   *
   * @param committed by input partition, the offset below which all events are said to be done
   */
  public long pending(Map<Partition, Long> committed) {
    long[] count = new long[1];
    accounts.forEach(
        (input, account) -> {
          long done = committed.getOrDefault(input, 0L);
          account.ledger.eachMissing(offset -> count[0] += offset >= done ? 1 : 0);
        });
    return count[0];
  }

  /** Chunks of offsets that take memory now, see {@link OffsetLedger}. */
  int openChunks() {
    return accounts.values().stream().mapToInt(account -> account.ledger.openChunks()).sum();
  }

  /**
   * What was found.
   *
   * @param committed by input partition, the offset below which all events are said to be done: one
   *     without output below it is lost, others are pending
   * @param trimmed by input topic, output partitions that have lost their beginning to retention:
   *     an event without output may have had one there, unless the output of an earlier event still
   *     is
   */
  public AuditReport report(
      Map<Partition, Long> committed, Function<String, Set<Partition>> trimmed) {
    List<PartitionReport> partitions = new ArrayList<>();
    Samples lost = new Samples(examples);
    Samples doubled = new Samples(examples);
    Samples outOfOrder = new Samples(examples);
    Samples withoutEvent = new Samples(examples);
    for (Account account : accounts.values()) {
      if (account.isIdle()) {
        continue;
      }
      long done = committed.getOrDefault(account.scope.input(), 0L);
      Set<Partition> ofTopic = trimmed.apply(account.scope.input().topic());
      partitions.add(account.report(done, ofTopic, lost, withoutEvent));
      doubled.addAll(account.doubles);
      outOfOrder.addAll(account.disorders);
    }
    return new AuditReport(
        partitions,
        Map.copyOf(foreign),
        new AuditReport.Examples(
            lost.list(), doubled.list(), outOfOrder.list(), withoutEvent.list()));
  }

  private Account account(Partition input) {
    Account account = accounts.get(input);
    if (account == null) {
      throw new IllegalArgumentException(input + " is not audited");
    }
    return account;
  }

  /** The outputs that one output partition holds of one input partition. */
  private static final class Lane {
    private final long first;
    private long last = -1;

    Lane(long first) {
      this.first = first;
    }
  }

  /** An output, and the event that it says it is of. */
  private record Coordinates(Partition input, long offset, Partition output, long outputOffset) {
    @Override
    public String toString() {
      return "%s@%d in %s@%d".formatted(input, offset, output, outputOffset);
    }

    /** With the place of an earlier output of the same event. */
    String after(String first) {
      return "%s@%d in %s and %s@%d".formatted(input, offset, first, output, outputOffset);
    }
  }

  /** A few first ones. */
  private static final class Samples {
    private final int most;
    private final List<String> list = new ArrayList<>();

    Samples(int most) {
      this.most = most;
    }

    void add(Object one) {
      if (list.size() < most) {
        list.add(one.toString());
      }
    }

    void addAll(Samples others) {
      others.list.forEach(this::add);
    }

    List<String> list() {
      return List.copyOf(list);
    }
  }

  /** What is known of one input partition. */
  private final class Account {
    private final Scope scope;
    private final boolean audited;
    private final OffsetLedger ledger;
    private final Map<Partition, Lane> lanes = new TreeMap<>();
    private final List<long[]> gone = new ArrayList<>();
    private final List<Coordinates> undecided = new ArrayList<>();
    private final Samples beyond = new Samples(examples);
    private final FirstPlaces firsts = new FirstPlaces();
    private final Samples doubles = new Samples(examples);
    private final Samples disorders = new Samples(examples);
    private long labelled;
    private long deadLettered;
    private long doubled;
    private long outOfOrder;
    private long beyondEnd;

    /** Behind the last offset that is known to exist. */
    private long end;

    /** Of the audit's ranges, or of a partition that came up later. */
    Account(Scope scope, boolean audited) {
      this.scope = scope;
      this.audited = audited;
      this.ledger = new OffsetLedger(scope.to());
      this.end = scope.to();
      if (scope.compacted()) {
        ledger.keepAll();
      }
    }

    /** Whether it is of a partition that came up during the audit, and nothing is to be told. */
    boolean isIdle() {
      return !audited && beyondEnd == 0;
    }

    Lane lane(Coordinates where) {
      return lanes.computeIfAbsent(where.output(), any -> new Lane(where.offset()));
    }

    void decide(long newEnd) {
      end = Math.max(end, newEnd);
      for (Coordinates where : undecided) {
        if (where.offset() < end) {
          Lane lane = lane(where);
          lane.last = Math.max(lane.last, where.offset());
        } else {
          beyondEnd++;
          beyond.add(where);
        }
      }
      undecided.clear();
    }

    void output(OutputKind kind, Coordinates where, long last) {
      if (!ledger.output(where.offset())) {
        doubled++;
        String first = firsts.of(where.offset());
        doubles.add(first == null ? where : where.after(first));
        return;
      }
      firsts.put(where.offset(), where.output(), where.outputOffset());
      labelled += kind == OutputKind.LABELLED ? 1 : 0;
      deadLettered += kind == OutputKind.DEAD_LETTER ? 1 : 0;
      // Second outputs do not come here: they are a fault of their own, and behind by nature.
      if (where.offset() < last) {
        outOfOrder++;
        disorders.add("%s, behind %d".formatted(where, last));
      }
    }

    PartitionReport report(
        long done, Set<Partition> trimmed, Samples lostOnes, Samples withoutEvent) {
      long[] counts = new long[4]; // lost, pending, expired, without event
      ledger.eachMissing(
          offset -> {
            if (mayHaveGone(offset, trimmed)) {
              counts[2]++;
            } else if (offset >= done) {
              counts[1]++;
            } else {
              counts[0]++;
              lostOnes.add("%s@%d".formatted(scope.input(), offset));
            }
          });
      ledger.eachWithoutEvent(
          offset -> {
            if (gone.stream().noneMatch(range -> offset >= range[0] && offset < range[1])) {
              counts[3]++;
              withoutEvent.add("%s@%d".formatted(scope.input(), offset));
            }
          });
      withoutEvent.addAll(beyond);
      return new PartitionReport(
          scope,
          ledger.events(),
          labelled,
          deadLettered,
          counts[0],
          counts[1],
          counts[2],
          doubled,
          outOfOrder,
          counts[3] + beyondEnd,
          beyondEnd);
    }

    private boolean mayHaveGone(long offset, Set<Partition> trimmed) {
      return trimmed.stream()
          .anyMatch(
              output -> {
                Lane lane = lanes.get(output);
                return lane == null || lane.first > offset;
              });
    }
  }
}
