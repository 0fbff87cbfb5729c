package io.sentimentstreams.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an offset of a partition: a number from 0. */
final class OffsetConverter implements ITypeConverter<Long> {
  @Override
  public Long convert(String value) {
    try {
      long number = Long.parseLong(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw refused(value);
    }
    throw refused(value);
  }

  private static TypeConversionException refused(String value) {
    return new TypeConversionException("'%s' is no offset: give 0 or more".formatted(value));
  }
}
