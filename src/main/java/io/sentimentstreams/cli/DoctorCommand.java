package io.sentimentstreams.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sentimentstreams.doctor.Doctor;
import io.sentimentstreams.doctor.Finding;
import io.sentimentstreams.doctor.Finding.Level;
import io.sentimentstreams.event.TopicCatalog;
import io.sentimentstreams.event.TopicSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sentiment doctor}: what the stream needs, one line each, with the remedy. */
@Manual(files = {ModelOptions.FILE, "topics/: the shipped topics"})
@Command(
    name = "doctor",
    header = "Check what the stream needs: machine, models, disk, broker, topics, permissions.",
    description =
        "%nReads the settings as 'sentiment stream' does, and changes nothing. A broker that does"
            + " not answer is a failure where the settings name one, else a warning.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    exitCodeList = {"0:nothing fails", "1:something fails", "2:the settings cannot be used"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment doctor",
      "  sentiment doctor --config sentiment.yaml --json | tail -n 1"
    })
final class DoctorCommand implements Callable<Integer> {
  private static final int WIDEST = 30;

  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private SettingsOptions settings;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private JsonReport report;

  DoctorCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException, JsonProcessingException {
    Logs.forPeople(common.verbose);
    Logs.whileConnecting(common.verbose);
    List<Finding> findings = new Doctor(settings.load(shell), described()).check();
    report.print(shell, table(findings), json(findings));
    return worst(findings) == Level.FAIL ? ExitCode.FAILED : ExitCode.DONE;
  }

  private Set<String> described() {
    Path folder = TopicsOptions.folder(null, shell);
    return Files.isDirectory(folder)
        ? TopicCatalog.read(folder).topics().stream()
            .map(TopicSpec::name)
            .collect(Collectors.toSet())
        : Set.of();
  }

  private static Level worst(List<Finding> findings) {
    return findings.stream().map(Finding::level).max(Comparator.naturalOrder()).orElse(Level.OK);
  }

  private static String table(List<Finding> findings) {
    int width =
        findings.stream()
            .mapToInt(finding -> Math.min(WIDEST, finding.what().length()))
            .max()
            .orElse(0);
    String line = "%-4s  %-" + width + "s  %s%s";
    return findings.stream()
        .map(
            finding ->
                line.formatted(
                    finding.level(),
                    finding.what(),
                    finding.detail(),
                    finding.remedy().isEmpty() ? "" : " \u2014 " + finding.remedy()))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String json(List<Finding> findings) throws JsonProcessingException {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("status", worst(findings).toString());
    object.put("checks", findings.stream().map(DoctorCommand::fields).toList());
    return new JsonMapper().writeValueAsString(object);
  }

  private static Map<String, String> fields(Finding finding) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("level", finding.level().toString());
    fields.put("what", finding.what());
    fields.put("detail", finding.detail());
    fields.put("remedy", finding.remedy());
    return fields;
  }
}
