package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.corpus.LabelMapping;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code LABEL=NAME,...}. */
final class LabelMappingConverter implements ITypeConverter<LabelMapping> {
  @Override
  public LabelMapping convert(String value) {
    try {
      return LabelMapping.parse(value);
    } catch (InvalidInputException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
