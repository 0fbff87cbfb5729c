package io.sentimentstreams.cli;

import io.sentimentstreams.corpus.PostPart;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads one of {@code --strip}. */
final class PostPartConverter implements ITypeConverter<PostPart> {
  @Override
  public PostPart convert(String value) {
    return switch (value.strip().toLowerCase(Locale.ROOT)) {
      case "headers" -> PostPart.HEADERS;
      case "footers" -> PostPart.FOOTERS;
      case "quotes" -> PostPart.QUOTES;
      default ->
          throw new TypeConversionException(
              "\"%s\" is no part of a post: give headers, footers or quotes".formatted(value));
    };
  }
}
