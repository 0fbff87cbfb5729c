package io.sentimentstreams.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sentimentstreams.model.BackendState;
import io.sentimentstreams.model.Backends;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sentiment version}: what this build is, and what it can compute with here. */
@Command(
    name = "version",
    header = "Show the version, the commit, the libraries' versions, and the backends here.",
    description =
        "%nLoads the libraries of all backends to see whether they work on this machine;"
            + " 'sentiment --version' does not.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  sentiment version", "  sentiment version --json | tail -n 1"})
final class VersionCommand implements Callable<Integer> {
  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private JsonReport report;

  VersionCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    Logs.forPeople(common.verbose);
    BuildVersions versions = new BuildVersions();
    List<BackendState> backends = Backends.here();
    report.print(shell, table(versions, backends), json(versions, backends));
    return ExitCode.DONE;
  }

  private static String table(BuildVersions versions, List<BackendState> backends) {
    List<String> lines = new ArrayList<>(List.of(versions.getVersion()));
    for (BackendState backend : backends) {
      lines.add(
          "backend %s: %s%s"
              .formatted(backend.kind(), backend.usable() ? "" : "not usable, ", backend.detail()));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static String json(BuildVersions versions, List<BackendState> backends)
      throws JsonProcessingException {
    Map<String, Object> object = new LinkedHashMap<>(versions.byName());
    object.put("backends", backends.stream().map(VersionCommand::fields).toList());
    return new JsonMapper().writeValueAsString(object);
  }

  private static Map<String, Object> fields(BackendState backend) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("backend", backend.kind().code());
    fields.put("usable", backend.usable());
    fields.put("gpu", backend.gpu());
    fields.put("detail", backend.detail());
    return fields;
  }
}
