package io.sentimentstreams.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class FrameCodecTest {
  @Property
  void frame_encodedAndDecoded_isTheSame(@ForAll("frames") Frame frame) {
    assertThat(FrameCodec.decode(FrameCodec.encode(frame))).isEqualTo(frame);
  }

  @Property
  void frame_cutAnywhere_isMalformed(@ForAll("frames") Frame frame, @ForAll int cut) {
    byte[] wire = FrameCodec.encode(frame);
    byte[] head = Arrays.copyOf(wire, Math.floorMod(cut, wire.length));

    assertThatThrownBy(() -> FrameCodec.decode(head)).isInstanceOf(MalformedFrameException.class);
  }

  /** What decodes at all must be the one wire form of what it decodes to. */
  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void frame_withBytesChanged_isMalformedOrAnotherFrame(
      @ForAll("frames") Frame frame, @ForAll("changes") List<Change> changes) {
    byte[] wire = FrameCodec.encode(frame);
    for (Change change : changes) {
      wire[Math.floorMod(change.index(), wire.length)] = change.value();
    }

    assertIsCanonicalOrMalformed(wire);
  }

  @Property(tries = 2000)
  void bytes_ofAnyKindAfterTheMagic_areMalformedOrAFrame(@ForAll @Size(max = 60) byte[] tail) {
    byte[] wire = new byte[tail.length + 3];
    wire[0] = 'S';
    wire[1] = 'F';
    wire[2] = FrameCodec.VERSION;
    System.arraycopy(tail, 0, wire, 3, tail.length);

    assertIsCanonicalOrMalformed(wire);
  }

  private static void assertIsCanonicalOrMalformed(byte[] wire) {
    Frame decoded;
    try {
      decoded = FrameCodec.decode(wire);
    } catch (MalformedFrameException e) {
      assertThat(e).hasMessageContaining("frame of " + wire.length + " bytes");
      return;
    }
    assertThat(FrameCodec.encode(decoded)).isEqualTo(wire);
  }

  @Test
  void numbers_atTheirLimits_survive() {
    Frame frame =
        new Frame(
            "t",
            Integer.MAX_VALUE,
            List.of(
                new FrameRow(0, Long.MIN_VALUE, null, null, List.of()),
                new FrameRow(Long.MAX_VALUE, Long.MAX_VALUE, null, null, List.of())));

    assertThat(FrameCodec.decode(FrameCodec.encode(frame))).isEqualTo(frame);
  }

  @Test
  void nullAndEmpty_inARow_staysApart() {
    List<FrameHeader> headers =
        List.of(new FrameHeader("", null), new FrameHeader("h", new byte[0]));
    FrameRow row = new FrameRow(7, -1, null, new byte[0], headers);

    Frame decoded = FrameCodec.decode(FrameCodec.encode(new Frame("t", 0, List.of(row))));

    assertThat(decoded.rows()).containsExactly(row);
    assertThat(decoded.rows().get(0).key()).isNull();
    assertThat(decoded.rows().get(0).value()).isEmpty();
  }

  @Test
  void wireForm_ofASmallFrame_staysAsItIs() {
    FrameRow first = new FrameRow(300, 5, bytes("k"), bytes("v"), 10, List.of());
    FrameRow second = new FrameRow(301, 4, null, null, List.of(new FrameHeader("h", bytes("x"))));

    byte[] wire = FrameCodec.encode(new Frame("ab", 1, List.of(first, second)));

    byte[] expected = {
      'S',
      'F',
      2,
      2,
      'a',
      'b',
      1,
      2, // topic, partition, rows
      (byte) 0xAC,
      2,
      10,
      2,
      'k',
      2,
      'v',
      9,
      0, // offset 300, timestamp 5, nine bytes cut
      1,
      1,
      0,
      0,
      0,
      1,
      1,
      'h',
      2,
      'x' // one more, one less, nulls, a header
    };
    assertThat(wire).isEqualTo(expected);
  }

  @Test
  void counts_largerThanTheInput_areMalformedBeforeAnythingIsAllocated() {
    byte[] rows = {'S', 'F', 2, 1, 't', 0, -1, -1, -1, -1, 7};
    byte[] value = {'S', 'F', 2, 1, 't', 0, 1, 0, 0, 0, -1, -1, -1, -1, 7};
    byte[] headers = {'S', 'F', 2, 1, 't', 0, 1, 0, 0, 0, 0, 0, -1, -1, -1, -1, 7};

    assertMalformed(rows, "rows: 2147483647 do not fit");
    assertMalformed(value, "value: 2147483646 bytes, more than are left");
    assertMalformed(headers, "headers: 2147483647 do not fit");
  }

  @Test
  void input_ofAnotherFormOrVersion_isNamed() {
    assertMalformed(new byte[0], "magic: the frame ends too early");
    assertMalformed(bytes("{\"text\":1}"), "magic: 123, but 83 is needed");
    assertMalformed(new byte[] {'S', 'F', 1}, "version: 1, but 2 is needed");
    assertMalformed(new byte[] {'S', 'F', 2, 1, 't', 0, 0}, "rows: none");
    assertMalformed(new byte[] {'S', 'F', 2, 1, (byte) 0xC3, 0, 1}, "topic: invalid UTF-8");
    assertMalformed(
        new byte[] {'S', 'F', 2, 1, 't', (byte) 0x80, 0, 1},
        "partition: not a number in its shortest");
    assertMalformed(
        new byte[] {'S', 'F', 2, 1, 't', 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
        "offset: does not ascend");
    assertMalformed(
        new byte[] {'S', 'F', 2, 1, 't', 0, 1, 0, 0, 0, 0, 0, 0, 9}, "1 bytes follow the last row");
    assertMalformed(
        new byte[] {'S', 'F', 2, 1, 't', 0, 1, 0, 0, 0, 0, 1, 0}, "cut: not of this value");
    assertMalformed(
        new byte[] {'S', 'F', 2, 1, 't', 0, 1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 3},
        "offset: not a number in its shortest form");
  }

  private static void assertMalformed(byte[] wire, String problem) {
    assertThatThrownBy(() -> FrameCodec.decode(wire))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining(problem);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** One changed byte. */
  record Change(int index, byte value) {}

  @Provide
  Arbitrary<List<Change>> changes() {
    return Combinators.combine(Arbitraries.integers(), Arbitraries.bytes())
        .as(Change::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<Frame> frames() {
    Arbitrary<String> topics =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .withChars("ü漢")
            .ofMinLength(1)
            .ofMaxLength(20);
    Arbitrary<Integer> partitions = Arbitraries.integers().greaterOrEqual(0);
    return Combinators.combine(topics, partitions, rows()).as(Frame::new);
  }

  private static Arbitrary<List<FrameRow>> rows() {
    Arbitrary<Long> steps = Arbitraries.longs().between(1, 1_000_000);
    Arbitrary<Integer> cuts = Arbitraries.integers().between(0, Integer.MAX_VALUE - 40);
    return Combinators.combine(steps, Arbitraries.longs(), bytes(), bytes(), cuts, headers())
        .as(
            (offset, timestamp, key, value, cut, headers) ->
                new FrameRow(
                    offset, timestamp, key, value, value == null ? 0 : value.length + cut, headers))
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(FrameCodecTest::withAscendingOffsets);
  }

  private static List<FrameRow> withAscendingOffsets(List<FrameRow> rows) {
    List<FrameRow> ascending = new ArrayList<>();
    long offset = 0;
    for (FrameRow row : rows) {
      offset += row.offset();
      ascending.add(
          new FrameRow(
              offset, row.timestamp(), row.key(), row.value(), row.valueSize(), row.headers()));
    }
    return ascending;
  }

  private static Arbitrary<List<FrameHeader>> headers() {
    Arbitrary<String> keys =
        Arbitraries.strings().withCharRange(' ', '~').withChars("é漢\u0000").ofMaxLength(10);
    return Combinators.combine(keys, bytes()).as(FrameHeader::new).list().ofMaxSize(3);
  }

  private static Arbitrary<byte[]> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(40).injectNull(0.2);
  }
}
