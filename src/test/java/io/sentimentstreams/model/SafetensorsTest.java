package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SafetensorsTest {
  @TempDir Path folder = Path.of("unset");

  @Test
  void write_ofTwoTensors_isTheFormatByteForByte() throws IOException {
    Path file = folder.resolve("w.safetensors");
    Weights weights =
        Weights.of(
            List.of(
                new Tensor("b", new int[] {2}, new float[] {1, -2}),
                new Tensor("a", new int[] {1, 1}, new float[] {0.5f})));

    Safetensors.write(file, weights, Precision.F32, Map.of("format", "x"));

    String header =
        "{\"__metadata__\":{\"format\":\"x\"},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[8,12]}}";
    String padded = header + " ".repeat((8 - header.length() % 8) % 8);
    ByteBuffer expected =
        littleEndian(8 + padded.length() + 12)
            .putLong(padded.length())
            .put(padded.getBytes(StandardCharsets.US_ASCII))
            .putFloat(1)
            .putFloat(-2)
            .putFloat(0.5f);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes(expected));
  }

  @Test
  void write_overALongerFile_leavesNothingOfIt() throws IOException {
    Path file = folder.resolve("w.safetensors");
    Files.write(file, new byte[10_000]);
    Weights weights = one("a", 1f);

    Safetensors.write(file, weights, Precision.F16, Map.of());

    assertThat(Safetensors.read(file)).isEqualTo(weights);
  }

  @Test
  void read_ofManyBuffers_givesEachValueInItsPlace() {
    float[] values = new float[300_001];
    Random random = new Random(7);
    for (int i = 0; i < values.length; i++) {
      values[i] = HalfFloats.toFloat(HalfFloats.fromFloat(random.nextFloat()));
    }
    Weights weights =
        Weights.of(
            List.of(
                new Tensor("small", new int[] {}, new float[] {3}),
                new Tensor("none", new int[] {0, 5}, new float[0]),
                new Tensor("large", new int[] {300_001, 1}, values)));
    for (Precision precision : Precision.values()) {
      Path file = folder.resolve(precision.name());

      Safetensors.write(file, weights, precision, Map.of());

      assertThat(Safetensors.read(file)).isEqualTo(weights);
    }
  }

  @Property(tries = 200)
  void read_ofWhatWasWritten_givesTheRoundedWeightsBack(
      @ForAll("weights") Weights weights, @ForAll Precision precision) throws IOException {
    Path file = Files.createTempFile("weights", ".safetensors");
    try {
      Safetensors.write(file, weights, precision, Map.of("k\"\n", "\ud83d\ude00"));

      assertThat(Safetensors.read(file)).isEqualTo(weights.roundedTo(precision));
    } finally {
      Files.delete(file);
    }
  }

  @Provide
  static Arbitrary<Weights> weights() {
    Arbitrary<float[]> values = Arbitraries.floats().between(-60000, 60000).array(float[].class);
    Arbitrary<Tensor> tensors =
        Combinators.combine(Arbitraries.strings().ofMinLength(1).ofMaxLength(20), values)
            .as((name, array) -> new Tensor(name, new int[] {array.length}, array))
            .filter(tensor -> isWellFormed(tensor.name()));
    return tensors.list().ofMaxSize(5).uniqueElements(Tensor::name).map(Weights::of);
  }

  private static boolean isWellFormed(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text) && !text.equals("__metadata__");
  }

  @Test
  void read_ofBfloats_givesTheirValues() throws IOException {
    ByteBuffer data = littleEndian(4).putShort((short) 0x3f80).putShort((short) 0xc2f7);

    Weights weights = Safetensors.read(file(entry("BF16", "[2]", "[0,4]"), bytes(data)));

    assertThat(weights.tensor("t").values()).containsExactly(1f, -123.5f);
  }

  @Test
  void read_ofTensorsInAnotherOrderThanTheirData_goesByTheData() throws IOException {
    String header =
        "{\"second\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]},"
            + "\"first\":{\"shape\":[1],\"data_offsets\":[0,4],\"dtype\":\"F32\"}}   ";
    byte[] data = bytes(littleEndian(8).putFloat(1).putFloat(2));

    Weights weights = Safetensors.read(file(header, data));

    assertThat(weights.names()).containsExactly("first", "second");
    assertThat(weights.tensor("second").values()).containsExactly(2f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // what is refused | what the message says
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}} | needs 4 bytes",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}} | only 8 bytes of data",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | its tensors only 4",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | starts at 4",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,4]}} | data_offsets 8 to 4",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | is no size",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}} | is no size",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[\"2\"],\"data_offsets\":[0,8]}} | is no size",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}} | is no size",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}}"
            + " | is no size",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[4294967298],\"data_offsets\":[0,8]}} | larger than",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[65536,65536,65536,65536,2],\"data_offsets\":[0,8]}}"
            + " | larger than",
        "{\"t\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}} | dtype is F64",
        "{\"t\":{\"dtype\":\"f32\",\"shape\":[2],\"data_offsets\":[0,8]}} | dtype is f32",
        "{\"t\":{\"shape\":[2],\"data_offsets\":[0,8]}} | tensor t",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}} | tensor t",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"x\":1}} | tensor t",
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,8]}} | tensor t",
        "{\"t\":null} | tensor t",
        "{\"\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | name is missing",
        "{\"__metadata__\":{\"a\":1}} | __metadata__",
        "{\"__metadata__\":[]} | __metadata__",
        "{} | its tensors only 0",
        "[] | does not start with",
        "{\"t\": | not JSON",
        "{} {} | not JSON",
        "{\"__metadata__\":{},\"__metadata__\":{}} | not JSON",
      })
  void read_ofAWrongHeader_saysWhatIsWrong(String header, String message) throws IOException {
    Path file = file(header, new byte[8]);

    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void read_ofOverlappingTensors_isRefused() throws IOException {
    String header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F16\",\"shape\":[3],\"data_offsets\":[2,8]}}";

    assertRefused(file(header, new byte[8]), "tensor b: data starts at 2");
  }

  @Test
  void read_ofAHeaderThatIsNotUtf8_isRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(file("{\"?\":{}}", new byte[0]));
    bytes[10] = (byte) 0xff;

    assertRefused(Files.write(folder.resolve("f"), bytes), "not UTF-8");
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "1048577", "9223372036854775807", "-1"})
  void read_ofAHeaderLengthOutOfRange_isRefused(long length) throws IOException {
    byte[] bytes = bytes(littleEndian(8).putLong(length));

    assertRefused(Files.write(folder.resolve("f"), bytes), "must be from 2 to 1048576");
  }

  @Test
  void read_ofEachShorterPrefix_isRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(file(entry("F32", "[2]", "[0,8]"), new byte[8]));
    for (int length = 0; length < bytes.length; length++) {
      Path file = Files.write(folder.resolve("f"), Arrays.copyOf(bytes, length));

      assertRefused(file, file.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({"F16,0x7e00,NaN", "F16,0x7c00,Infinity", "BF16,0xff80,-Infinity"})
  void read_ofANumberThatIsNotFinite_namesTheTensor(String type, String bits, String shown)
      throws IOException {
    byte[] data = bytes(littleEndian(4).putShort(2, Integer.decode(bits).shortValue()).position(4));

    assertRefused(file(entry(type, "[2]", "[0,4]"), data), "tensor t: value 1 is " + shown);
  }

  @Test
  void read_ofAMissingFile_saysSo() {
    assertRefused(folder.resolve("none"), "no such file");
  }

  @Test
  void write_ofAValueBeyondAHalf_isRefused() {
    Path file = folder.resolve("f");

    assertThatThrownBy(() -> Safetensors.write(file, one("t", 65520f), Precision.F16, Map.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("tensor t: value 0 is 65520.0");
  }

  @Test
  void weights_withATensorTwice_areRefused() {
    Tensor tensor = new Tensor("t", new int[] {}, new float[1]);

    assertThatThrownBy(() -> Weights.of(List.of(tensor, tensor)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("tensor t: occurs twice");
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }

  private static Weights one(String name, float value) {
    return Weights.of(List.of(new Tensor(name, new int[] {1}, new float[] {value})));
  }

  private static String entry(String type, String shape, String offsets) {
    return "{\"t\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}"
        .formatted(type, shape, offsets);
  }

  private Path file(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = littleEndian(8 + json.length + data.length);
    bytes.putLong(json.length).put(json).put(data);
    return Files.write(folder.resolve("given.safetensors"), bytes(bytes));
  }

  /** What was put into a buffer. */
  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.flip().remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
