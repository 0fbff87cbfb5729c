package io.sentimentstreams.stream;

import io.sentimentstreams.text.EncodedText;
import java.util.List;
import java.util.stream.IntStream;

/** First calls of a model: they build what is built lazily, and tell a broken one at the start. */
final class WarmUp {
  private static final int CALLS = 3;
  private static final int TEXTS = 16;

  private WarmUp() {}

  /** The model itself, after some calls with texts of mixed lengths; closed where they fail. */
  static Labeller warmedUp(Labeller model) {
    try {
      List<EncodedText> texts =
          IntStream.rangeClosed(1, TEXTS)
              .mapToObj(words -> model.encode("what a good day it is, ".repeat(words)))
              .toList();
      for (int call = 0; call < CALLS; call++) {
        model.predict(texts);
      }
      return model;
    } catch (RuntimeException | Error broken) {
      model.close();
      throw broken;
    }
  }
}
