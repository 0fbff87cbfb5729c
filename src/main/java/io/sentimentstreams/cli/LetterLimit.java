package io.sentimentstreams.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of letters, 1 or more. */
final class LetterLimit implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    if (!text.matches("\\d{1,18}|" + Long.MAX_VALUE) || Long.parseLong(text) == 0) {
      throw new TypeConversionException(
          "\"%s\" is no number of letters: give 1 or more".formatted(text));
    }
    return Long.parseLong(text);
  }
}
