package io.sentimentstreams.cli;

import io.sentimentstreams.topics.BrokerCatalog;
import io.sentimentstreams.topics.TopicPlan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sentiment topics plan}. */
@Command(
    name = "plan",
    header = "Show how a broker's topics differ from their files.",
    description =
        "%nChanges nothing; the broker checks whether it would take the changes. Topics that no file"
            + " describes are passed over, unless --allow-delete names them.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    exitCodeList = {"0:no difference", "3:some differences"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment topics plan --config sentiment.yaml",
      "  sentiment topics plan --allow-delete 'tweets.old*' --json | tail -n 1"
    })
final class TopicsPlanCommand implements Callable<Integer> {
  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private TopicsOptions options;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private JsonReport report;

  TopicsPlanCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logs.forPeople(common.verbose);
    Logs.whileConnecting(common.verbose);
    try (BrokerCatalog broker = options.open(shell)) {
      TopicsOptions.tellUnmatched(broker, shell);
      TopicPlan plan = broker.plan();
      report.print(shell, TopicPlanText.table(plan), TopicPlanText.json(plan));
      broker.check(plan);
      return plan.steps().isEmpty() ? ExitCode.DONE : ExitCode.DIFFERENT;
    }
  }
}
