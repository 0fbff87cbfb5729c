package io.sentimentstreams.cli;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The sections that every command's help has between its options and its examples, as manual pages
 * have them: exit status, environment, files.
 */
final class ManualSections {
  private static final String ENVIRONMENT = "environment";
  private static final String FILES = "files";

  /** What a status means where a command does not say else. */
  private static final Map<String, String> STATUSES =
      Map.of(
          Integer.toString(ExitCode.DONE), "done",
          Integer.toString(ExitCode.FAILED), "failed",
          Integer.toString(ExitCode.USAGE), "something given cannot be used");

  private ManualSections() {}

  /** Adds them to a command and all below it. */
  static void addTo(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    UsageMessageSpec usage = spec.usageMessage();
    usage.exitCodeListHeading("%nExit status:%n").exitCodeList(statuses(usage.exitCodeList()));
    command
        .getHelpSectionMap()
        .put(ENVIRONMENT, help -> section(help, "Environment", entries(spec, Manual::environment)));
    command
        .getHelpSectionMap()
        .put(FILES, help -> section(help, "Files", entries(spec, Manual::files)));
    command.getSubcommands().values().forEach(ManualSections::addTo);
    command.setHelpSectionKeys(keys());
  }

  /** Picocli's, with exit statuses, environment and files behind options and commands. */
  private static List<String> keys() {
    List<String> keys = new ArrayList<>(new UsageMessageSpec().sectionKeys());
    List<String> own =
        List.of(
            UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST,
            ENVIRONMENT,
            FILES);
    keys.removeAll(own);
    keys.addAll(keys.indexOf(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING), own);
    return keys;
  }

  private static Map<String, String> statuses(Map<String, String> own) {
    Map<String, String> all = new LinkedHashMap<>();
    Stream.concat(STATUSES.keySet().stream(), own.keySet().stream())
        .distinct()
        .sorted(comparingInt(Integer::parseInt))
        .forEach(status -> all.put(status, own.getOrDefault(status, STATUSES.get(status))));
    return all;
  }

  /** Of the command, its mixins and theirs, in this order. */
  private static Map<String, String> entries(CommandSpec spec, Function<Manual, String[]> entries) {
    Map<String, String> all = new LinkedHashMap<>();
    manuals(spec)
        .flatMap(manual -> Stream.of(entries.apply(manual)))
        .map(entry -> entry.split(": ", 2))
        .forEach(entry -> all.putIfAbsent(entry[0], entry[1]));
    return all;
  }

  private static Stream<Manual> manuals(CommandSpec spec) {
    Stream<Manual> own =
        Stream.ofNullable(spec.userObject())
            .flatMap(object -> Stream.ofNullable(object.getClass().getAnnotation(Manual.class)));
    return Stream.concat(own, mixins(spec).flatMap(ManualSections::manuals));
  }

  /** What all commands have stands last. */
  private static Stream<CommandSpec> mixins(CommandSpec spec) {
    return spec.mixins().values().stream()
        .sorted(comparing(mixin -> mixin.userObject() instanceof CommonOptions));
  }

  private static String section(Help help, String heading, Map<String, String> entries) {
    return entries.isEmpty()
        ? ""
        : help.createHeading("%n" + heading + ":%n") + help.createTextTable(entries);
  }
}
