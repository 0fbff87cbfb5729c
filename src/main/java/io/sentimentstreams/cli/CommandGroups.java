package io.sentimentstreams.cli;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The commands below {@code sentiment} under a heading each, in the order of the README. */
final class CommandGroups {
  private final Map<String, List<CommandLine>> groups = new LinkedHashMap<>();

  /** One more group, of command objects or of command lines. */
  CommandGroups with(String heading, Object... commands) {
    groups.put(
        heading,
        Stream.of(commands)
            .map(command -> command instanceof CommandLine line ? line : new CommandLine(command))
            .toList());
    return this;
  }

  /** Puts them below a command, whose help lists them so. */
  void addTo(CommandLine root) {
    groups.values().stream().flatMap(Collection::stream).forEach(root::addSubcommand);
    root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, this::list);
  }

  private String list(Help help) {
    return groups.entrySet().stream()
        .map(
            group ->
                help.createHeading("%n" + group.getKey() + ":%n") + list(help, group.getValue()))
        .collect(Collectors.joining());
  }

  private static String list(Help help, List<CommandLine> group) {
    Map<String, Help> listed = new LinkedHashMap<>(help.subcommands());
    listed.values().removeIf(command -> !group.contains(command.commandSpec().commandLine()));
    return help.commandList(listed);
  }
}
