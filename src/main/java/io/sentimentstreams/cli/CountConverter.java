package io.sentimentstreams.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many: a number from 0. */
final class CountConverter implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String value) {
    try {
      int number = Integer.parseInt(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw refused(value);
    }
    throw refused(value);
  }

  private static TypeConversionException refused(String value) {
    return new TypeConversionException("'%s' is no count: give 0 or more".formatted(value));
  }
}
