package io.sentimentstreams.text;

import java.util.ArrayList;
import java.util.List;

/** A token as a test sees it. */
record Tokens(String token, int start, int end) {
  static List<Tokens> of(Tokenizer tokenizer, CharSequence text) {
    List<Tokens> result = new ArrayList<>();
    tokenizer.tokenize(
        text, (token, start, end) -> result.add(new Tokens(token.toString(), start, end)));
    return result;
  }

  /** The tokens alone, with spaces between them. */
  static String line(TokenizerKind kind, CharSequence text) {
    return String.join(" ", of(Tokenizer.of(kind), text).stream().map(Tokens::token).toList());
  }
}
