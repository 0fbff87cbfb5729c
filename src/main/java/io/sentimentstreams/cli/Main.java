package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Entry point of the launcher {@code sentiment}. */
public final class Main {

  private Main() {}

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    Long parent = Long.getLong("sentiment.parent");
    if (parent != null) {
      CompletableFuture<Void> unused =
          ParentWatch.of(parent, () -> Runtime.getRuntime().halt(ExitCode.FAILED));
    }
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    Logs.takeOver();
    Shell shell =
        new Shell(
            System.in,
            out,
            err,
            System.getenv(),
            Path.of(System.getProperty("sentiment.home", "")).toAbsolutePath(),
            Boolean.getBoolean("sentiment.stdout.terminal"),
            Boolean.getBoolean("sentiment.stderr.terminal"),
            Integer.getInteger("sentiment.columns", 80),
            new ProcessSignals());
    int status = run(shell, arguments);
    out.flush();
    err.flush();
    System.exit(status);
  }

  /**
   * Runs one command.
   *
   * @return its exit status: 0 done, 1 failed, 2 something given cannot be used
   */
  static int run(Shell shell, String... arguments) {
    // Its warnings quote values of options, which may be passwords.
    CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF);
    CommandLine line = commands(shell);
    Failures failures = new Failures(shell);
    return line.setOut(new PrintWriter(shell.out(), true, UTF_8))
        .setErr(new PrintWriter(shell.err(), true, UTF_8))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(shell.colours(shell.out()) ? Ansi.ON : Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpLongOptionsMaxWidth(22)
        .setUsageHelpAutoWidth(shell.outIsTerminal())
        .setParameterExceptionHandler(failures::usage)
        .setExecutionExceptionHandler(failures::execution)
        .execute(arguments);
  }

  /** All commands, in the order of the README. */
  static CommandLine commands(Shell shell) {
    CommandLine root = new CommandLine(new SentimentCommand(shell));
    new CommandGroups()
        .with("To see it work", new DemoCommand(shell))
        .with(
            "Models",
            new ScoreCommand(shell),
            new EvaluateCommand(shell),
            new ExportCommand(shell),
            TrainCommand.of(shell),
            new ReportCommand(shell),
            new SearchCommand(shell),
            new CompareCommand(shell))
        .with(
            "The stream and its topics",
            new StreamCommand(shell),
            new CommandLine(new TopicsCommand(shell))
                .addSubcommand(new TopicsPlanCommand(shell))
                .addSubcommand(new TopicsApplyCommand(shell))
                .addSubcommand(new TopicsAsyncApiCommand(shell)),
            new VerifyCommand(shell),
            new CommandLine(new ModelsCommand(shell))
                .addSubcommand(new ModelsActivateCommand(shell))
                .addSubcommand(new ModelsDeactivateCommand(shell))
                .addSubcommand(new ModelsListCommand(shell))
                .addSubcommand(new ModelsReferenceCommand(shell)),
            new ChaosCommand(shell),
            new BrokerCommand(shell),
            new CommandLine(new DeadLettersCommand(shell))
                .addSubcommand(new DeadLettersListCommand(shell))
                .addSubcommand(new DeadLettersShowCommand(shell))
                .addSubcommand(new DeadLettersReplayCommand(shell)))
        .with(
            "This machine and this program",
            new CommandLine(new BenchCommand(shell))
                .addSubcommand(new BenchInferenceCommand(shell))
                .addSubcommand(new BenchTrainingCommand(shell))
                .addSubcommand(new BenchPipelineCommand(shell)),
            new DoctorCommand(shell),
            new VersionCommand(shell),
            new CompletionCommand(shell),
            HelpCommand.of(shell))
        .addTo(root);
    ManualSections.addTo(root);
    return root;
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, UTF_8);
  }
}
