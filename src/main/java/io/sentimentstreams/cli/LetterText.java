package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sentimentstreams.event.DeadLetter;
import io.sentimentstreams.event.DeadLetterWriter;
import io.sentimentstreams.event.EventSource;
import io.sentimentstreams.event.RecordHeaders;
import io.sentimentstreams.letters.FoundLetter;
import io.sentimentstreams.letters.LetterId;
import io.sentimentstreams.letters.ReplayCount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Dead letters as people and machines read them. */
final class LetterText {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DeadLetterWriter WRITER = new DeadLetterWriter(Integer.MAX_VALUE);
  private static final String ROW = "%-10s  %-24s  %-19s  %-12s  %-24s  %-12s  %s";
  private static final int DETAIL_CHARACTERS = 100;

  private LetterText() {}

  static String tableHead() {
    return ROW.formatted("LETTER", "TIME", "REASON", "ROUTE", "EVENT", "REPLAYED TO", "DETAIL");
  }

  /** A line of the table. */
  static String row(FoundLetter found, Collection<String> replayedTo) {
    if (found instanceof FoundLetter.Unreadable unreadable) {
      String problem = shortened(Printable.line(unreadable.problem()));
      return ROW.formatted(found.id(), "-", "(unreadable)", "-", "-", "-", problem);
    }
    DeadLetter letter = ((FoundLetter.Whole) found).letter();
    return ROW.formatted(
        found.id(),
        time(letter.source().timestamp()),
        letter.reason().code(),
        Printable.line(letter.route()),
        place(letter.source()),
        targets(replayedTo),
        shortened(Printable.line(letter.detail())));
  }

  private static String shortened(String line) {
    return line.codePointCount(0, line.length()) <= DETAIL_CHARACTERS
        ? line
        : line.substring(0, line.offsetByCodePoints(0, DETAIL_CHARACTERS - 1)) + "…";
  }

  private static String place(EventSource source) {
    return Printable.line(source.topic()) + ":" + source.partition() + ":" + source.offset();
  }

  private static String time(long timestamp) {
    return timestamp < 0 ? "-" : Instant.ofEpochMilli(timestamp).toString();
  }

  private static String targets(Collection<String> replayedTo) {
    return replayedTo.isEmpty() ? "-" : String.join(",", replayedTo);
  }

  /** The letter's document, and where it is, in one line of JSON. */
  static String json(FoundLetter found, Collection<String> replayedTo) {
    ObjectNode root = JSON.createObjectNode();
    LetterId id = found.id();
    root.putObject("letter").put("partition", id.partition()).put("offset", id.offset());
    if (found instanceof FoundLetter.Whole whole) {
      root.put("replayCount", ReplayCount.of(whole.letter()));
      replayedTo.forEach(root.putArray("replayedTo")::add);
      root.setAll(document(whole.letter()));
    } else if (found instanceof FoundLetter.Unreadable unreadable) {
      root.put("unreadable", unreadable.problem());
    }
    return line(root);
  }

  private static ObjectNode document(DeadLetter letter) {
    try {
      return (ObjectNode) JSON.readTree(WRITER.write(letter));
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory", impossible);
    }
  }

  static String line(ObjectNode root) {
    try {
      return JSON.writeValueAsString(root);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree always becomes JSON", impossible);
    }
  }

  /** The letter with all of its event, for a person. */
  static String page(FoundLetter.Whole found, Collection<String> replayedTo, String topic) {
    DeadLetter letter = found.letter();
    StringBuilder page = new StringBuilder();
    field(page, "letter", found.id() + " of " + topic);
    field(page, "reason", letter.reason().code());
    field(page, "detail", letter.detail());
    field(page, "route", letter.route());
    field(page, "event", place(letter.source()));
    field(page, "time", time(letter.source().timestamp()));
    field(page, "replayed to", targets(replayedTo));
    field(page, "replay count", Integer.toString(ReplayCount.of(letter)));
    field(page, "key", content(letter.key()));
    for (DeadLetter.Header header : letter.headers()) {
      field(page, "header", header.key() + " = " + content(header.value()));
    }
    if (letter.omittedHeaders() > 0) {
      field(page, "header", letter.omittedHeaders() + " more, which the letter does not keep");
    }
    errors(page, found.errors());
    value(page, letter.value());
    return page.toString();
  }

  private static void errors(StringBuilder page, Map<String, String> errors) {
    String trace = errors.getOrDefault(RecordHeaders.ERROR_STACKTRACE, "");
    if (trace.contains("\tat ")) {
      page.append("\nstack trace\n").append(Printable.block(trace.getBytes(UTF_8)));
    }
  }

  private static void value(StringBuilder page, DeadLetter.@Nullable Content value) {
    page.append("\nvalue");
    if (value == null) {
      page.append(": null, a tombstone\n");
      return;
    }
    page.append(" (").append(sizes(value)).append(")\n");
    page.append(Printable.block(value.bytes())).append('\n');
  }

  private static String sizes(DeadLetter.Content content) {
    return content.truncated()
        ? "the first %,d of %,d bytes".formatted(content.bytes().length, content.size())
        : "%,d bytes".formatted(content.size());
  }

  private static String content(DeadLetter.@Nullable Content content) {
    if (content == null) {
      return "null";
    }
    String text = Printable.block(content.bytes());
    return content.truncated() ? text + " … (" + sizes(content) + ")" : text;
  }

  private static void field(StringBuilder page, String name, String value) {
    page.append("%-13s %s%n".formatted(name, Printable.line(value)));
  }
}
