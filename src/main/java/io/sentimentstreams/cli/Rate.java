package io.sentimentstreams.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How many events a second the demo sends.
 *
 * @param perSecond above 0; infinite for {@code max}
 */
record Rate(double perSecond) {

  /** Reads {@code 20}, {@code 0.5} or {@code max}. */
  static final class Converter implements ITypeConverter<Rate> {
    @Override
    public Rate convert(String value) {
      double perSecond = value.equalsIgnoreCase("max") ? Double.POSITIVE_INFINITY : number(value);
      if (!(perSecond > 0)) {
        throw new TypeConversionException(
            "'%s' is no rate: give events a second, above 0, or max".formatted(value));
      }
      return new Rate(perSecond);
    }

    private static double number(String value) {
      try {
        return Double.parseDouble(value);
      } catch (NumberFormatException e) {
        return Double.NaN;
      }
    }
  }
}
