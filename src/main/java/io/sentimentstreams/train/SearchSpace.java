package io.sentimentstreams.train;

import static java.util.Objects.requireNonNullElse;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.yaml.YamlFields;
import io.sentimentstreams.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A YAML file of trainings to be compared: what all have in common ({@code preset}, the {@code
 * file} of a training, or a training as {@code base}), and {@code fields} with the values to be
 * tried, by the path of the field in a training's file.
 *
 * @param base the training that the values are put into
 * @param fields in order
 * @param measure that ranks the runs, on the validation texts, and chooses each run's best epoch
 * @param method how values are combined
 * @param runs of a random search; 0 for a grid, which has one for each combination
 * @param folder that relative paths of vectors start from
 */
public record SearchSpace(
    YamlNode base,
    List<SearchField> fields,
    Selection measure,
    Method method,
    int runs,
    Path folder) {
  private static final int MOST_RUNS = 100_000;
  private static final int MOST_DRAWS = 1_000;

  /** How values are combined. */
  public enum Method {
    /** Every value with every other. */
    GRID,
    /** Drawn at random, no combination twice. */
    RANDOM
  }

  public SearchSpace {
    fields = List.copyOf(fields);
  }

  /**
   * Reads a file.
   *
   * @throws InvalidInputException naming file, line and what is wrong
   */
  public static SearchSpace read(Path file) {
    try {
      return parse(Files.readString(file), file);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("%s: does not exist".formatted(file), e);
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be read (%s)".formatted(file, e.getMessage()), e);
    } catch (InvalidInputException e) {
      throw new InvalidInputException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static SearchSpace parse(String text, Path file) throws IOException {
    YamlFields space =
        new YamlFields(
            YamlNode.parse(text),
            "",
            List.of(
                "description", "preset", "file", "base", "fields", "measure", "method", "runs"));
    Method method = space.choice("method", Method.GRID);
    if (method == Method.GRID && space.has("runs")) {
      throw space.error(
          space.node("runs"), "runs is for a random search: add method: random, or leave runs out");
    }
    List<SearchField> fields = SearchField.all(space.node("fields"), method);
    return new SearchSpace(
        base(space, file),
        fields,
        space.choice("measure", Selection.LOSS),
        method,
        method == Method.RANDOM ? space.integer("runs", 1, MOST_RUNS) : 0,
        requireNonNullElse(file.toAbsolutePath().getParent(), Path.of("")));
  }

  private static YamlNode base(YamlFields space, Path file) throws IOException {
    List<String> given = List.of("preset", "file", "base").stream().filter(space::has).toList();
    if (given.size() != 1) {
      throw new InvalidInputException(
          "needs one of preset, file and base, the training that values are put into, but has "
              + (given.isEmpty() ? "none" : String.join(" and ", given)));
    }
    if (space.has("base")) {
      return space.node("base");
    }
    String name = requireNonNullElse(space.text(given.get(0)), "");
    if (space.has("preset")) {
      return YamlNode.parse(Preset.text(Preset.of(name).id()));
    }
    Path training = file.resolveSibling(name);
    if (!Files.isRegularFile(training)) {
      throw space.error(space.node("file"), "file is %s, which does not exist".formatted(training));
    }
    return YamlNode.parse(Files.readString(training));
  }

  /** How the base wants its data to be divided. */
  public DataSettings data() {
    return TrainingFile.of(base).data();
  }

  /** The same space, ranked by another measure. */
  public SearchSpace by(Selection other) {
    return new SearchSpace(base, fields, other, method, runs, folder);
  }

  /**
   * The runs, numbered from 1; always the same for the same seed.
   *
   * @throws InvalidInputException where values cannot be, or the runs cannot be compared by the
   *     measure
   */
  public List<SearchRun> runs(long seed) {
    if (measure == Selection.LOSS && fields.stream().anyMatch(SearchField::changesLoss)) {
      throw new InvalidInputException(
          "fields: class weights change the loss itself, so that it cannot rank the runs: rank them by accuracy, macro_f1 or macro_recall");
    }
    List<Map<String, YamlNode>> values = method == Method.GRID ? grid() : drawn(seed);
    List<SearchRun> all = new ArrayList<>();
    for (Map<String, YamlNode> assigned : values) {
      all.add(run(all.size() + 1, assigned, seed));
    }
    return all;
  }

  private SearchRun run(int number, Map<String, YamlNode> values, long seed) {
    try {
      YamlNode training = base;
      for (Map.Entry<String, YamlNode> value : values.entrySet()) {
        training = TrainingTree.with(training, value.getKey(), value.getValue());
      }
      TrainingSettings settings = TrainingFile.of(training).settings();
      Path vectors = settings.vectors();
      TrainingSettings.Builder builder = settings.toBuilder().seed(seed).selection(measure);
      return new SearchRun(
          number,
          values,
          builder.vectors(vectors == null ? null : folder.resolve(vectors)).build());
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          "run %d (%s): %s".formatted(number, SearchRun.text(values), e.getMessage()), e);
    }
  }

  private List<Map<String, YamlNode>> grid() {
    List<Map<String, YamlNode>> grid = new ArrayList<>();
    grid.add(Map.of());
    for (SearchField field : fields) {
      List<Map<String, YamlNode>> longer = new ArrayList<>();
      for (Map<String, YamlNode> before : grid) {
        for (YamlNode value : field.values()) {
          Map<String, YamlNode> assigned = new LinkedHashMap<>(before);
          assigned.put(field.path(), value);
          longer.add(assigned);
        }
      }
      if (longer.size() > MOST_RUNS) {
        throw new InvalidInputException(
            "fields: make a grid of more than %,d runs: try method: random".formatted(MOST_RUNS));
      }
      grid = longer;
    }
    return grid;
  }

  private List<Map<String, YamlNode>> drawn(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Map<String, YamlNode>> drawn = new ArrayList<>();
    int draws = 0;
    while (drawn.size() < runs) {
      Map<String, YamlNode> values = new LinkedHashMap<>();
      fields.forEach(field -> values.put(field.path(), field.draw(random)));
      if (drawn.stream().noneMatch(other -> SearchRun.text(other).equals(SearchRun.text(values)))) {
        drawn.add(values);
        draws = 0;
      } else if (++draws > MOST_DRAWS) {
        throw new InvalidInputException(
            "runs is %d, but the fields have only about %d different combinations: use method: grid"
                .formatted(runs, drawn.size()));
      }
    }
    return drawn;
  }
}
