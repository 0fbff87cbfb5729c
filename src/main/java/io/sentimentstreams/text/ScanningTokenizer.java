package io.sentimentstreams.text;

/** The tokenizer of tweets and of prose, under different rules. */
final class ScanningTokenizer implements Tokenizer {
  static final Tokenizer SOCIAL =
      new ScanningTokenizer(new ScannerRules(true, true, NumberRule.ONE_DIGIT, "\":;"));
  static final Tokenizer PROSE =
      new ScanningTokenizer(new ScannerRules(false, false, NumberRule.RATINGS, "\":;"));

  private final ScannerRules rules;

  ScanningTokenizer(ScannerRules rules) {
    this.rules = rules;
  }

  @Override
  public void tokenize(CharSequence text, TokenSink sink) {
    new Scanner(rules, new SourceText(text), new Emitter(sink)).scan();
  }
}
