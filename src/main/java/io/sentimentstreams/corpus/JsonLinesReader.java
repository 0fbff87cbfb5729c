package io.sentimentstreams.corpus;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sentimentstreams.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Labelled texts of a JSON-lines file: an object a line, blank lines ignored. Columns that the user
 * does not name are chosen by the fields of the first object.
 */
final class JsonLinesReader {
  static final int MAXIMUM_LINE_BYTES = 1 << 24;
  private static final Set<String> EXTENSIONS = Set.of("jsonl", "ndjson", "json");
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private final DataFile file;
  private final CorpusSource source;
  private final CorpusBuilder corpus = new CorpusBuilder();
  private @Nullable Column text;
  private @Nullable Column label;
  private @Nullable Column group;
  private @Nullable Column confidence;

  private JsonLinesReader(DataFile file, CorpusSource source) {
    this.file = file;
    this.source = source;
  }

  static boolean isJsonLines(DataFile file) {
    return EXTENSIONS.contains(file.extension())
        || (!TableReader.EXTENSIONS.contains(file.extension())
            && file.firstLine().stripLeading().startsWith("{"));
  }

  static Corpus read(DataFile file, CorpusSource source) {
    return new JsonLinesReader(file, source).read();
  }

  private Corpus read() {
    LineReader lines = new LineReader(file, MAXIMUM_LINE_BYTES);
    List<String> firstFields = List.of();
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      String json = lines.decode(line);
      if (json.isBlank()) {
        continue;
      }
      JsonNode row = parse(json, lines.line());
      if (text == null) {
        firstFields = fieldNames(row);
        chooseColumns(firstFields);
      }
      add(row, lines.line());
    }
    requireFound(ColumnRole.TEXT, text, firstFields);
    requireFound(ColumnRole.LABEL, label, firstFields);
    requireFound(ColumnRole.GROUP, group, firstFields);
    requireFound(ColumnRole.CONFIDENCE, confidence, firstFields);
    return corpus.build(file.path());
  }

  private JsonNode parse(String json, long line) {
    try {
      JsonNode row = JSON.readValue(json);
      if (row.isObject()) {
        return row;
      }
    } catch (JsonProcessingException e) {
      String reason = e.getOriginalMessage().replaceAll("\\s+", " ");
      throw new InvalidInputException(
          "data %s: line %d: is not valid JSON: %s".formatted(file.path(), line, reason), e);
    }
    throw new InvalidInputException(
        "data %s: line %d: is no JSON object, but each line must hold one"
            .formatted(file.path(), line));
  }

  private static List<String> fieldNames(JsonNode row) {
    List<String> names = new ArrayList<>();
    row.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private void chooseColumns(List<String> fields) {
    text = column(ColumnRole.TEXT, fields, source.textColumn());
    label = column(ColumnRole.LABEL, fields, source.labelColumn());
    group = source.groupColumn() == null ? null : new Column(source.groupColumn());
    confidence = source.confidence() == null ? null : confidence(source.confidence(), fields);
  }

  private @Nullable Column confidence(ConfidenceCut cut, List<String> fields) {
    if (cut.column() != null && cut.required()) {
      return new Column(cut.column());
    }
    int index = cut.find(file, fields);
    return index == ConfidenceCut.NONE ? null : new Column(fields.get(index));
  }

  private Column column(ColumnRole role, List<String> fields, @Nullable String wanted) {
    return new Column(wanted == null ? fields.get(role.find(file.path(), fields, null)) : wanted);
  }

  private void add(JsonNode row, long line) {
    String value = value(text, row, line);
    corpus.add(
        value == null ? null : Unescape.unescape(value),
        value(label, row, line),
        value(group, row, line),
        isCertain(row, line));
  }

  private boolean isCertain(JsonNode row, long line) {
    ConfidenceCut cut = source.confidence();
    return cut == null || confidence == null || cut.keeps(file, line, value(confidence, row, line));
  }

  private @Nullable String value(@Nullable Column column, JsonNode row, long line) {
    if (column == null) {
      return null;
    }
    JsonNode node = column.of(row);
    if (node.isContainerNode() || (column == text && !node.isTextual() && !isNothing(node))) {
      throw new InvalidInputException(
          "data %s: line %d: %s is %s, but must be a string"
              .formatted(file.path(), line, column.name, node.getNodeType()));
    }
    return isNothing(node) ? null : node.asText();
  }

  private static boolean isNothing(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  /** A column that no row has is a mistake in its name, not a lack of every row. */
  private void requireFound(ColumnRole role, @Nullable Column column, List<String> fields) {
    if (column != null && !column.found) {
      throw role.missing(file.path(), fields, column.name);
    }
  }

  /** A field by name or pointer, and whether any row has it. */
  private static final class Column {
    private final String name;
    private final @Nullable JsonPointer pointer;
    private boolean found;

    Column(String name) {
      this.name = name;
      this.pointer = name.startsWith("/") ? JsonPointer.compile(name) : null;
    }

    JsonNode of(JsonNode row) {
      JsonNode node = pointer == null ? row.path(name) : row.at(pointer);
      found |= !node.isMissingNode();
      return node;
    }
  }
}
