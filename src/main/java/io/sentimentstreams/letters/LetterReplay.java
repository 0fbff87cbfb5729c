package io.sentimentstreams.letters;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.DeadLetter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/**
 * Sends the events of letters anew, each to a topic once, however often it is asked and whatever
 * ends it in the middle.
 *
 * <p>Events and the ledger's entries of them are written in transactions: both are there or
 * neither. The transactional id is the ledger's name, so that a second replay, of this or another
 * process, ends the first and its open transaction before it reads the ledger.
 */
public final class LetterReplay {
  private static final int CHUNK_LETTERS = 500;
  private static final long CHUNK_BYTES = 4 << 20;
  private static final Duration SENDING = Duration.ofMinutes(2);

  private final DeadLetterTopic topic;
  private final InstantSource clock;
  private final int chunkLetters;

  /** A replay of a topic's letters. */
  public LetterReplay(DeadLetterTopic topic, InstantSource clock) {
    this(topic, clock, CHUNK_LETTERS);
  }

  LetterReplay(DeadLetterTopic topic, InstantSource clock, int chunkLetters) {
    this.topic = topic;
    this.clock = clock;
    this.chunkLetters = chunkLetters;
  }

  /**
   * Replays the letters that are there now.
   *
   * @throws InvalidInputException where the target cannot be, the broker refuses, or another replay
   *     began meanwhile
   */
  public ReplayReport run(ReplayRequest request) throws InterruptedException {
    requireTarget(request.to());
    if (request.dryRun()) {
      return new Run(request, topic.ledger(), null).report();
    }
    LedgerTopic.require(topic.clients(), topic.admin(), topic.ledgerName());
    Map<String, Object> own = Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic.ledgerName());
    try (Producer<byte[], byte[]> producer = topic.clients().producer("dead-letters", own)) {
      return send(request, producer);
    }
  }

  private ReplayReport send(ReplayRequest request, Producer<byte[], byte[]> producer)
      throws InterruptedException {
    try {
      // Ends what a killed replay left open, so that the ledger is whole when it is read.
      producer.initTransactions();
      return new Run(request, topic.ledger(), producer).report();
    } catch (ProducerFencedException | InvalidProducerEpochException fenced) {
      throw new InvalidInputException(
          "another replay of %s has begun and ended this one; what this one had not committed is left to it"
              .formatted(topic.name()),
          fenced);
    } catch (KafkaException failure) {
      throw topic.clients().refused(failure, SENDING);
    }
  }

  private void requireTarget(@Nullable String to) throws InterruptedException {
    if (to == null) {
      return;
    }
    ReplayDestination.require(to, topic.settings(), topic.ledgerName());
    if (DeadLetterTopic.describeOrNull(topic.clients(), topic.admin(), to) == null) {
      throw new InvalidInputException(
          "--to %s: does not exist; create the topic first".formatted(to));
    }
  }

  /** One pass over the letters. */
  private final class Run {
    private final ReplayRequest request;
    private final ReplayLedger ledger;
    private final @Nullable Producer<byte[], byte[]> producer;
    private final ReplayTargets targets = new ReplayTargets(topic.clients(), topic.admin());
    private final ReplayReport report = new ReplayReport();
    private int openLetters;
    private long openBytes;

    /**
     * @param producer null where nothing is to be sent
     */
    Run(ReplayRequest request, ReplayLedger ledger, @Nullable Producer<byte[], byte[]> producer) {
      this.request = request;
      this.ledger = ledger;
      this.producer = producer;
    }

    ReplayReport report() throws InterruptedException {
      Visitor visitor = new Visitor();
      topic.scan(visitor::visit);
      visitor.rethrow();
      commit();
      return report;
    }

    private boolean take(FoundLetter found) throws InterruptedException {
      if (report.replayed() >= request.limit()) {
        return false;
      }
      if (found instanceof FoundLetter.Whole readable) {
        if (request.filter().matches(readable.letter())) {
          replay(readable);
        }
      } else {
        report.countUnreadable();
      }
      return true;
    }

    private void replay(FoundLetter.Whole found) throws InterruptedException {
      DeadLetter letter = found.letter();
      String to = request.to() == null ? letter.source().topic() : request.to();
      if (ledger.contains(found.id(), to)) {
        report.countBefore();
        return;
      }
      ReplayTarget target = targets.targetOrNull(to);
      ReplayHindrance hindrance = hindrance(letter, target);
      if (hindrance != null || target == null) {
        report.count(hindrance == null ? ReplayHindrance.NO_TOPIC : hindrance);
        return;
      }
      ProducerRecord<byte[], byte[]> event =
          ReplayedEvent.of(letter, target, request.now() ? clock.instant() : null);
      if (ReplayedEvent.size(event) > target.maximumBytes()) {
        report.count(ReplayHindrance.TOO_LARGE);
        return;
      }
      send(found, event);
      report.countReplayed();
    }

    private @Nullable ReplayHindrance hindrance(DeadLetter letter, @Nullable ReplayTarget target) {
      if (target == null) {
        return ReplayHindrance.NO_TOPIC;
      }
      if (!request.mayGoAgain(letter)) {
        return ReplayHindrance.TOO_OFTEN;
      }
      if (!ReplayedEvent.isWhole(letter)) {
        return ReplayHindrance.CUT_OFF;
      }
      long timestamp = letter.source().timestamp();
      boolean aged = !request.now() && timestamp >= 0 && target.retentionMillis() >= 0;
      return aged && clock.millis() - timestamp > target.retentionMillis()
          ? ReplayHindrance.TOO_OLD
          : null;
    }

    private void send(FoundLetter.Whole found, ProducerRecord<byte[], byte[]> event) {
      if (producer == null) {
        return;
      }
      if (openLetters == 0) {
        producer.beginTransaction();
      }
      ReplayEntry entry =
          new ReplayEntry(
              topic.name(),
              topic.id(),
              found.id(),
              event.topic(),
              ReplayCount.of(found.letter()) + 1,
              clock.instant());
      sendBoth(
          event, new ProducerRecord<>(topic.ledgerName(), entry.key(), entry.value()), producer);
      openLetters++;
      openBytes += ReplayedEvent.size(event);
      if (openLetters >= chunkLetters || openBytes >= CHUNK_BYTES) {
        commit();
      }
    }

    /** Where one of them fails, so does the transaction's commit. */
    private static void sendBoth(
        ProducerRecord<byte[], byte[]> event,
        ProducerRecord<byte[], byte[]> entry,
        Producer<byte[], byte[]> producer) {
      Future<RecordMetadata> unusedEvent = producer.send(event);
      Future<RecordMetadata> unusedEntry = producer.send(entry);
    }

    private void commit() {
      if (producer != null && openLetters > 0) {
        producer.commitTransaction();
        openLetters = 0;
        openBytes = 0;
      }
    }

    /** Carries what a visit throws past the reader of the letters, to whom it means nothing. */
    private final class Visitor {
      private @Nullable InterruptedException interruption;
      private @Nullable KafkaException failure;

      boolean visit(FoundLetter found) {
        try {
          return take(found);
        } catch (InterruptedException e) {
          interruption = e;
        } catch (KafkaException e) {
          failure = e;
        }
        return false;
      }

      void rethrow() throws InterruptedException {
        if (interruption != null) {
          throw interruption;
        }
        if (failure != null) {
          throw failure;
        }
      }
    }
  }
}
