package io.sentimentstreams.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Models side by side.
 *
 * @param models in the order given
 */
public record Comparison(List<ComparedModel> models) {
  private static final String NONE = "-";

  public Comparison {
    models = List.copyOf(models);
    models = withLetters(models);
  }

  /** Names the sets of texts by letters, in the order of their appearance. */
  private static List<ComparedModel> withLetters(List<ComparedModel> models) {
    List<String> texts =
        models.stream()
            .flatMap(model -> model.results().stream())
            .map(ComparedModel.Result::texts)
            .distinct()
            .toList();
    return models.stream().map(model -> model.withLetters(texts)).toList();
  }

  /** Whether all measures are of the same texts. */
  boolean isOfOneKind() {
    return results().stream().map(ComparedModel.Result::on).distinct().count() <= 1;
  }

  private List<ComparedModel.Result> results() {
    return models.stream().flatMap(model -> model.results().stream()).toList();
  }

  /** The texts of each letter. */
  Map<String, String> texts() {
    return results().stream()
        .collect(
            Collectors.toMap(
                ComparedModel.Result::on,
                ComparedModel.Result::described,
                (first, same) -> first,
                TreeMap::new));
  }

  /** How the letters are to be read, in a sentence. */
  String rule() {
    return isOfOneKind()
        ? "All measures are of the same texts."
        : "Measures compare where they are of the same texts, which have the same letter.";
  }

  /** A table for a terminal, without a line end. */
  public String table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "model",
            "on",
            "texts",
            "accuracy",
            "macro recall",
            "macro F1",
            "linear F1",
            "parameters",
            "MB",
            "epochs",
            "time",
            "network"));
    for (ComparedModel model : models) {
      boolean first = true;
      for (ComparedModel.Result result : model.results()) {
        rows.add(row(model, result, first));
        first = false;
      }
      if (first) {
        List<String> row =
            new ArrayList<>(List.of(model.name(), NONE, NONE, NONE, NONE, NONE, NONE));
        row.addAll(size(model));
        rows.add(row);
      }
    }
    StringBuilder table = new StringBuilder(aligned(rows)).append('\n');
    texts().forEach((on, described) -> table.append("%s: %s%n".formatted(on, described)));
    return table.append(rule()).toString().replace(System.lineSeparator(), "\n");
  }

  private static List<String> row(ComparedModel model, ComparedModel.Result result, boolean first) {
    List<String> row = new ArrayList<>();
    row.add(first ? model.name() : "");
    row.add(result.on());
    row.add(Numbers.count(result.rows()));
    row.add(Numbers.share(result.accuracy()));
    row.add(Numbers.share(result.macroRecall()));
    row.add(Numbers.share(result.macroF1()));
    row.add(result.linearMacroF1() == null ? NONE : Numbers.share(result.linearMacroF1()));
    row.addAll(first ? size(model) : List.of("", "", "", "", ""));
    return row;
  }

  private static List<String> size(ComparedModel model) {
    return List.of(
        Numbers.count(model.parameters()),
        Numbers.decimals(model.bytes() / 1e6, 1),
        model.epochs() == 0 ? NONE : String.valueOf(model.epochs()),
        model.epochs() == 0 ? NONE : Numbers.duration(model.trainingSeconds()),
        model.network());
  }

  /** Columns of the width of their widest cell; the first and the last at the left. */
  private static String aligned(List<List<String>> rows) {
    int last = rows.get(0).size() - 1;
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column <= last; column++) {
        int index = column;
        int width = rows.stream().mapToInt(other -> other.get(index).length()).max().orElse(1);
        String side = column == 0 || column == last ? "-" : "";
        line.append(
            String.format(Locale.ROOT, "%" + side + Math.max(1, width) + "s", row.get(column)));
        line.append("  ");
      }
      table.append(line.toString().stripTrailing()).append('\n');
    }
    return table.toString();
  }

  /** One JSON object: {@code {"models":[...]}}. */
  public String json() {
    try {
      return new JsonMapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a comparison that has no JSON form", e);
    }
  }

  /** One page that needs no other file, no network and no script. */
  @SuppressWarnings("NullAway") // jte's code takes null for no interceptor, and has no annotations
  public String html() {
    StringOutput page = new StringOutput();
    JtecompareGenerated.render(new OwaspHtmlTemplateOutput(page), null, this);
    return page.toString();
  }
}
