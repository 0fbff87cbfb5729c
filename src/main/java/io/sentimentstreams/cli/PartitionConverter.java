package io.sentimentstreams.cli;

import io.sentimentstreams.audit.Partition;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a partition as Kafka writes it: {@code tweets-3} is partition 3 of {@code tweets}. */
final class PartitionConverter implements ITypeConverter<Partition> {
  @Override
  public Partition convert(String value) {
    int hyphen = value.lastIndexOf('-');
    try {
      return new Partition(
          value.substring(0, Math.max(0, hyphen)),
          Integer.parseUnsignedInt(value, hyphen + 1, value.length(), 10));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new TypeConversionException(
          "'%s' is no partition: give topic and number, such as tweets-3".formatted(value));
    }
  }
}
