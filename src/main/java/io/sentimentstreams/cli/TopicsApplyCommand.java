package io.sentimentstreams.cli;

import io.sentimentstreams.topics.BrokerCatalog;
import io.sentimentstreams.topics.TopicPlan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sentiment topics apply}. */
@Command(
    name = "apply",
    header = "Make a broker's topics as their files describe them.",
    description =
        "%nMakes what 'plan' shows, and asks nothing. What may delete records or moves keys is left"
            + " as it is, unless an option lets it happen. The broker checks all changes before the"
            + " first is made.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    exitCodeList = {"0:all is as described", "1:something differs still, or failed"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment topics apply --set bootstrapServers=broker:9092",
      "  sentiment topics apply --topics my-topics --allow-partitions"
    })
final class TopicsApplyCommand implements Callable<Integer> {
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

  TopicsApplyCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    Logs.forPeople(common.verbose);
    Logs.whileConnecting(common.verbose);
    try (BrokerCatalog broker = options.open(shell)) {
      TopicsOptions.tellUnmatched(broker, shell);
      TopicPlan plan = broker.plan();
      TopicPlan left = broker.apply(plan);
      report.print(shell, TopicPlanText.applied(plan, left), TopicPlanText.appliedJson(plan, left));
      return left.steps().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
  }
}
