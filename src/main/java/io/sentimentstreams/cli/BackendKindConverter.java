package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.BackendKind;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --backend}. */
final class BackendKindConverter implements ITypeConverter<BackendKind> {
  @Override
  public BackendKind convert(String value) {
    try {
      return BackendKind.parse(value);
    } catch (InvalidInputException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
