package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Expected bytes are those of the encoding's own documentation, or follow its rules by hand. */
final class ProtoMessageTest {

  @Test
  void writeTo_varint_isTagAndGroupsOfSevenBits() throws IOException {
    assertThat(hex(new ProtoMessage().add(1, 150))).isEqualTo("089601");
    assertThat(hex(new ProtoMessage().add(1, 0))).isEqualTo("0800");
    assertThat(hex(new ProtoMessage().add(1, -2))).isEqualTo("08feffffffffffffffff01");
  }

  @Test
  void writeTo_text_isItsLengthAndItsUtf8() throws IOException {
    assertThat(hex(new ProtoMessage().add(2, "testing"))).isEqualTo("120774657374696e67");
    assertThat(hex(new ProtoMessage().add(2, "é"))).isEqualTo("1202c3a9");
    assertThat(hex(new ProtoMessage().add(2, ""))).isEqualTo("1200");
  }

  @Test
  void writeTo_numberOfTwoBytes_hasATagOfTwo() throws IOException {
    assertThat(hex(new ProtoMessage().add(20, 1))).isEqualTo("a00101");
  }

  @Test
  void writeTo_message_isItsSizeAndItsFields() throws IOException {
    ProtoMessage inner = new ProtoMessage().add(1, 150);

    assertThat(hex(new ProtoMessage().add(3, inner))).isEqualTo("1a03089601");
  }

  @Test
  void writeTo_floats_areLittleEndianBytes() throws IOException {
    float[] values = {1, -2};

    assertThat(hex(new ProtoMessage().add(9, values))).isEqualTo("4a080000803f000000c0");
  }

  @Test
  void writeTo_repeatedField_keepsTheOrder() throws IOException {
    assertThat(hex(new ProtoMessage().add(1, 3).add(2, "a").add(1, 4))).isEqualTo("08031201610804");
  }

  @Test
  void size_moreThanAnIntHolds_isExact() {
    float[] shared = new float[1 << 20];
    ProtoMessage message = new ProtoMessage();
    IntStream.range(0, 1024).forEach(i -> message.add(9, shared));
    ProtoMessage outer = new ProtoMessage().add(7, message);

    long content = 1024 * (1L + 4 + (4L << 20));
    assertThat(message.size()).isEqualTo(content);
    assertThat(outer.size()).isEqualTo(1 + 5 + content);
  }

  private static String hex(ProtoMessage message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    message.writeTo(out);
    out.flush();
    assertThat(message.size()).isEqualTo(bytes.size());
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
