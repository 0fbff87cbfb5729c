package io.sentimentstreams.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many: a number from 0. */
final class CountConverter implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String value) {
    return Math.toIntExact(fromZero(value, "count", Integer.MAX_VALUE));
  }

  /**
   * Reads a number from 0.
   *
   * @param noun what the message calls it
   * @param largest that is taken
   */
  static long fromZero(String value, String noun, long largest) {
    try {
      long number = Long.parseLong(value);
      if (number >= 0 && number <= largest) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw refused(value, noun);
    }
    throw refused(value, noun);
  }

  private static TypeConversionException refused(String value, String noun) {
    return new TypeConversionException("'%s' is no %s: give 0 or more".formatted(value, noun));
  }
}
