package io.sentimentstreams.doctor;

import io.sentimentstreams.stream.KafkaClients;
import io.sentimentstreams.stream.ProcessingGuarantee;
import io.sentimentstreams.stream.StreamSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTransactionsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka Streams needs under names that begin with the application's id: transactions, and
 * topics for the state of trends. Asked by requests that change nothing.
 */
final class StreamRights {
  private final StreamSettings settings;
  private final KafkaClients clients;
  private final Duration patience;

  StreamRights(StreamSettings settings, KafkaClients clients, Duration patience) {
    this.settings = settings;
    this.clients = clients;
    this.patience = patience;
  }

  List<Finding> check(Admin admin) throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    if (settings.processingGuarantee() == ProcessingGuarantee.EXACTLY_ONCE_V2) {
      findings.add(transactions(admin));
    }
    if (settings.hasTrends()) {
      findings.add(stateTopics(admin));
    }
    return findings;
  }

  /** Whoever may write transactions may describe one that is not there. */
  private Finding transactions(Admin admin) throws InterruptedException {
    String id = settings.applicationId() + "-doctor";
    DescribeTransactionsOptions options =
        new DescribeTransactionsOptions().timeoutMs((int) patience.toMillis());
    return finding(
        "transactions",
        "write on transactional ids that begin with " + settings.applicationId(),
        admin.describeTransactions(List.of(id), options).description(id),
        TransactionalIdNotFoundException.class);
  }

  /** A topic that is only validated is not made. */
  private Finding stateTopics(Admin admin) throws InterruptedException {
    NewTopic topic =
        new NewTopic(
            settings.applicationId() + "-doctor-changelog", Optional.of(1), Optional.empty());
    CreateTopicsOptions options =
        new CreateTopicsOptions().validateOnly(true).timeoutMs((int) patience.toMillis());
    return finding(
        "state of trends",
        "create, read, write on topics that begin with " + settings.applicationId(),
        admin.createTopics(List.of(topic), options).all(),
        TopicExistsException.class);
  }

  private <T> Finding finding(
      String what, String right, KafkaFuture<T> answer, Class<? extends ApiException> permitted)
      throws InterruptedException {
    try {
      answer.get();
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause();
      if (cause instanceof AuthorizationException) {
        return Finding.fail(what, "not permitted: " + right, BrokerChecks.PERMIT);
      }
      if (!permitted.isInstance(cause)) {
        return untold(what, cause);
      }
    }
    return Finding.ok(what, "permitted under " + settings.applicationId());
  }

  private Finding untold(String what, @Nullable Throwable cause) {
    if (cause instanceof ApiException) {
      return Finding.warn(
          what, "not told: " + cause.getMessage(), "no matter, where the stream starts");
    }
    throw clients.refused(cause, patience);
  }
}
