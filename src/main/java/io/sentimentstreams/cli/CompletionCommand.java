package io.sentimentstreams.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sentiment completion}: what makes bash and zsh complete commands and options. */
@Manual(
    files = {
      "~/.local/share/bash-completion/completions/sentiment: where bash looks for the script"
    })
@Command(
    name = "completion",
    header = "Print the script that completes commands and options in bash and zsh.",
    synopsisHeading = "%nUsage: ",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(./sentiment completion)",
      "  ./sentiment completion > ~/.local/share/bash-completion/completions/sentiment"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Shell shell;

  @SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // picocli sets and reads it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  CompletionCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    shell.out().print(AutoComplete.bash(spec.root().name(), spec.root().commandLine()));
    BrokenPipeException.flush(shell.out());
    return ExitCode.DONE;
  }
}
