package io.sentimentstreams.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The parser against Jackson's tree model and the JDK's decoder, on random input. */
final class EventParserPropertiesTest {
  private static final ObjectMapper TREES =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @Property(tries = 2000)
  void bytes_ofAnyKind_haveTheOutcomeOfTheTree(@ForAll @Size(max = 40) byte[] value) {
    assertThat(parser("/text").parse(value)).isNotNull();
    assertSameAsTree(value, "/text");
  }

  @Property(tries = 2000)
  void plainText_ofAnyBytes_isWhatTheJdkDecodes(@ForAll @Size(max = 20) byte[] value) {
    ParsedEvent event = new EventParser(EventFormat.TEXT, "/text", null, 1000).parse(value);
    String decoded = decoded(value);

    if (event instanceof TextEvent text) {
      assertThat(text.text()).isEqualTo(decoded);
    } else if (event instanceof Rejected rejected) {
      assertThat(rejected.reason())
          .isEqualTo(decoded == null ? RejectionReason.INVALID_UTF8 : RejectionReason.EMPTY_TEXT);
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void json_ofAnyShape_givesWhatTheTreeHasAtThePointer(
      @ForAll("documents") JsonNode document, @ForAll("pointers") String pointer) throws Exception {
    assertSameAsTree(TREES.writeValueAsBytes(document), pointer);
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void json_withBytesChanged_hasTheOutcomeOfTheTree(
      @ForAll("documents") JsonNode document,
      @ForAll("pointers") String pointer,
      @ForAll("edits") List<Edit> edits)
      throws Exception {
    byte[] value = TREES.writeValueAsBytes(document);
    for (Edit edit : edits) {
      value[Math.floorMod(edit.index(), value.length)] = edit.value();
    }
    assertSameAsTree(value, pointer);
  }

  @Property
  void utf8_ofAnyBytes_isJudgedAsTheJdkDoes(@ForAll("nearlyUtf8") byte[] value) {
    assertThat(Utf8.isValid(value)).isEqualTo(strictlyDecoded(value) != null);
  }

  @Property
  void text_ofAnyChars_isMeasuredAndRepairedAsTheJdkDoes(@ForAll("anyChars") String text) {
    String wellFormed = Utf8.wellFormed(text);

    assertThat(UTF_8.newEncoder().canEncode(wellFormed)).isTrue();
    assertThat(wellFormed.codePoints().toArray())
        .isEqualTo(text.codePoints().map(c -> isSurrogate(c) ? 0xFFFD : c).toArray());
    assertThat(Utf8.length(text)).isEqualTo(wellFormed.getBytes(UTF_8).length);
  }

  private static void assertSameAsTree(byte[] value, String pointer) {
    ParsedEvent event = parser(pointer).parse(value);
    String decoded = decoded(value);
    if (decoded == null) {
      assertReason(event, RejectionReason.INVALID_UTF8);
      return;
    }
    JsonNode root = tree(decoded);
    if (root == null || root.isMissingNode()) {
      assertReason(event, RejectionReason.INVALID_JSON);
      return;
    }
    JsonNode found = root.at(JsonPointer.compile(pointer));
    if (!root.isObject()) {
      assertReason(event, RejectionReason.NOT_AN_OBJECT);
    } else if (found.isMissingNode()) {
      assertReason(event, RejectionReason.TEXT_MISSING);
    } else if (!found.isTextual()) {
      assertReason(event, RejectionReason.TEXT_NOT_A_STRING);
    } else if (event instanceof TextEvent text) {
      assertThat(text.text()).isEqualTo(found.textValue());
    } else {
      assertReason(event, RejectionReason.EMPTY_TEXT);
      assertThat(found.textValue()).matches("[\\s\\p{Z}\\p{Cc}\\p{Cf}]*");
    }
  }

  private static void assertReason(ParsedEvent event, RejectionReason reason) {
    assertThat(event)
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
  }

  private static EventParser parser(String pointer) {
    return new EventParser(EventFormat.JSON, pointer, "/id", 100_000);
  }

  private static @Nullable JsonNode tree(String json) {
    try {
      return TREES.readTree(json);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** The text without a byte order mark, null where the bytes are no UTF-8. */
  private static @Nullable String decoded(byte[] value) {
    String text = strictlyDecoded(value);
    return text != null && text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private static @Nullable String strictlyDecoded(byte[] value) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= 0xD800 && codePoint <= 0xDFFF;
  }

  /** One changed byte. */
  record Edit(int index, byte value) {}

  @Provide
  Arbitrary<List<Edit>> edits() {
    Arbitrary<Byte> structure =
        Arbitraries.of("{}[]\",:\\ 0tn".chars().mapToObj(c -> (byte) c).toList());
    Arbitrary<Byte> bytes = Arbitraries.oneOf(structure, Arbitraries.bytes());
    return Combinators.combine(Arbitraries.integers(), bytes).as(Edit::new).list().ofMaxSize(3);
  }

  @Provide
  Arbitrary<String> pointers() {
    return names().list().ofMinSize(1).ofMaxSize(3).map(EventParserPropertiesTest::pointer);
  }

  private static String pointer(List<String> names) {
    return names.stream()
        .map(name -> "/" + name.replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining());
  }

  @Provide
  Arbitrary<JsonNode> documents() {
    return Arbitraries.frequencyOf(Tuple.of(9, object(nodes(2))), Tuple.of(1, nodes(1)));
  }

  private static Arbitrary<JsonNode> nodes(int depth) {
    Arbitrary<JsonNode> scalars =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(5).map(Utf8::wellFormed).map(NODES::textNode),
            Arbitraries.longs().map(NODES::numberNode),
            Arbitraries.doubles().map(NODES::numberNode),
            Arbitraries.of(NODES.booleanNode(true), NODES.booleanNode(false), NODES.nullNode()));
    if (depth == 0) {
      return scalars;
    }
    Arbitrary<JsonNode> arrays =
        nodes(depth - 1).list().ofMaxSize(3).map(list -> NODES.arrayNode().addAll(list));
    return Arbitraries.oneOf(scalars, object(nodes(depth - 1)), arrays);
  }

  private static Arbitrary<JsonNode> object(Arbitrary<JsonNode> values) {
    return Arbitraries.maps(names(), values)
        .ofMaxSize(4)
        .map(
            fields -> {
              ObjectNode object = NODES.objectNode();
              fields.forEach(object::set);
              return object;
            });
  }

  /** Few names, so that pointers often lead somewhere. */
  private static Arbitrary<String> names() {
    return Arbitraries.of("text", "id", "a", "0", "1", "01", "-", "", "a/b", "~", "ä");
  }

  @Provide
  Arbitrary<byte[]> nearlyUtf8() {
    Arbitrary<byte[]> text =
        Arbitraries.strings().ofMaxLength(12).map(string -> string.getBytes(UTF_8));
    return Combinators.combine(text, Arbitraries.integers(), Arbitraries.bytes())
        .as(
            (bytes, index, value) -> {
              if (bytes.length > 0) {
                bytes[Math.floorMod(index, bytes.length)] = value;
              }
              return bytes;
            });
  }

  @Provide
  Arbitrary<String> anyChars() {
    Arbitrary<Character> chars =
        Arbitraries.oneOf(Arbitraries.chars().all(), Arbitraries.chars().range('\ud7f0', '\ue010'));
    return chars
        .list()
        .ofMaxSize(12)
        .map(list -> list.stream().map(String::valueOf).collect(Collectors.joining()));
  }
}
