package io.sentimentstreams.cli;

import picocli.CommandLine.ITypeConverter;

/** Reads an offset of a partition: a number from 0. */
final class OffsetConverter implements ITypeConverter<Long> {
  @Override
  public Long convert(String value) {
    return CountConverter.fromZero(value, "offset", Long.MAX_VALUE);
  }
}
