package io.sentimentstreams.text;

import org.jspecify.annotations.Nullable;

/**
 * Reads words: letters of one script with their marks, apostrophes and asterisks between letters,
 * single digits behind letters ("gr8"). Parts contractions ("do n't", "it 's"), those that lack
 * their apostrophe too ("dont").
 */
final class WordScanner {
  private static final int NONE = -1;

  /** Fewest letters of a word that shouts: shorter ones are initials and states. */
  private static final int SHOUTING_LETTERS = 3;

  private final ScannerRules rules;
  private final SourceText source;
  private final Emitter emitter;
  private final TokenBuffer buffer;

  private int letters;
  private int capitals;
  private int last; // the last code point, lower-case
  private int lastStart; // its offset
  private int lastButOneStart;
  private boolean lastIsCapital;
  private boolean alone;
  private boolean emphasized;
  private boolean hashtag;
  private int contractionEnd;

  WordScanner(ScannerRules rules, SourceText source, Emitter emitter, TokenBuffer buffer) {
    this.rules = rules;
    this.source = source;
    this.emitter = emitter;
    this.buffer = buffer;
  }

  /**
   * Reads the word at an offset, and the contractions behind it.
   *
   * @param start offset of a letter
   * @param hashtag whether the word is part of a hashtag, and ends where camel case starts another
   * @return the offset behind all that
   */
  int scan(int start, boolean hashtag) {
    clear(start, hashtag);
    int end = start;
    for (int next = step(end); next != NONE; next = step(end)) {
      end = next;
    }
    int url = alone ? Urls.NONE : Urls.domainEnd(source, end);
    return url == Urls.NONE ? emit(start, end) : emitter.emit(Scanner.URL, start, url);
  }

  private void clear(int start, boolean hashtag) {
    buffer.clear();
    letters = 0;
    capitals = 0;
    last = 0;
    lastStart = start;
    lastButOneStart = start;
    lastIsCapital = false;
    alone = false;
    emphasized = start > 0 && source.raw(start - 1) == '*';
    this.hashtag = hashtag;
  }

  /** Takes in the next character and returns the offset behind it, or {@link #NONE}. */
  private int step(int offset) {
    int c = source.at(offset);
    int begin = source.begin();
    int end = source.end();
    if (Characters.isLetter(c)) {
      return startsAnother(c, begin, end) ? NONE : letter(c, begin, end);
    }
    if (Characters.isMark(c) && c != Emoji.KEYCAP) {
      return take(c, begin, end);
    }
    if (alone) {
      return NONE;
    }
    return switch (c) {
      case '\'' -> apostrophe(begin, end);
      case '*' -> asterisks(begin);
      default -> Characters.isDigit(c) ? digit(c, begin, end) : NONE;
    };
  }

  private boolean startsAnother(int c, int begin, int end) {
    return letters > 0
        && (alone
            || Characters.standsAlone(c)
            || Urls.hasScheme(source, begin)
            || (hashtag && startsCamelCase(c, end)));
  }

  private boolean startsCamelCase(int c, int end) {
    if (!Characters.isUpper(c)) {
      return false;
    }
    return !lastIsCapital || (letters > 1 && isLowerCase(source.at(end)));
  }

  private static boolean isLowerCase(int c) {
    return Characters.isLetter(c) && !Characters.isUpper(c);
  }

  private int letter(int c, int begin, int end) {
    if (letters == 0) {
      alone = Characters.standsAlone(c);
    }
    lastIsCapital = Characters.isUpper(c);
    letters++;
    capitals += lastIsCapital ? 1 : 0;
    return take(Characters.lower(c), begin, end);
  }

  private int take(int c, int begin, int end) {
    buffer.appendLetter(c);
    return moved(c, begin, end);
  }

  private int moved(int c, int begin, int end) {
    last = c;
    lastButOneStart = lastStart;
    lastStart = begin;
    return end;
  }

  /** An apostrophe belongs to the word between letters, unless it starts a contraction. */
  private int apostrophe(int begin, int end) {
    if (!Characters.isLetter(source.at(end))) {
      return NONE;
    }
    String contraction = contraction(begin);
    return contraction == null || (contraction.equals("'t") && last != 'n')
        ? take('\'', begin, end)
        : NONE;
  }

  /** Asterisks hide letters ("f**k"), unless they close what others opened ("*so*"). */
  private int asterisks(int begin) {
    int count = 0;
    int end = begin;
    int c = source.at(end);
    for (; c == '*'; c = source.at(end)) {
      count++;
      end = source.end();
    }
    if (emphasized || (count == 1 && !Characters.isLetter(c))) {
      return NONE;
    }
    buffer.append('*');
    if (count > 1) {
      buffer.append('*');
    }
    return moved('*', begin, end);
  }

  private int digit(int c, int begin, int end) {
    int next = source.at(end);
    return Characters.isDigit(next) || next == Emoji.KEYCAP ? NONE : take(c, begin, end);
  }

  private int emit(int start, int end) {
    restoreTriple();
    int behind = emitParts(start, end);
    if (buffer.isStretched()) {
      emitter.mark(Emitter.ELONGATED);
    }
    if (rules.shouting() && letters >= SHOUTING_LETTERS && capitals == letters) {
      emitter.mark(Emitter.SHOUTED);
    }
    return contractions(behind);
  }

  /** Gives a word of three equal letters ("www", "III", "mmm") its third one back. */
  private void restoreTriple() {
    if (letters == 3 && buffer.isStretched() && buffer.codePoints() == 2) {
      buffer.restore(last);
    }
  }

  private int emitParts(int start, int end) {
    if (last == 'n' && "'t".equals(contraction(end))) {
      return emitNegated(start, lastStart, contractionEnd);
    }
    if (last == 't' && isNegationWithoutApostrophe()) {
      buffer.dropLast();
      return emitNegated(start, lastButOneStart, end);
    }
    return emitter.emit(buffer.normalised(), start, end);
  }

  private int emitNegated(int start, int negation, int end) {
    buffer.dropLast();
    if (negation > start) {
      completeVerb();
      emitter.emit(buffer.normalised(), start, negation);
    }
    return emitter.emit("n't", negation, end);
  }

  private void completeVerb() {
    if (buffer.contentEquals("ca")) {
      buffer.set("can");
    } else if (buffer.contentEquals("wo")) {
      buffer.set("will");
    } else if (buffer.contentEquals("sha")) {
      buffer.set("shall");
    }
  }

  private boolean isNegationWithoutApostrophe() {
    int length = buffer.length();
    if (length < 4 || length > 8 || buffer.charAt(length - 2) != 'n') {
      return false;
    }
    return switch (buffer.raw().toString()) {
      case "aint",
          "arent",
          "cant",
          "couldnt",
          "didnt",
          "doesnt",
          "dont",
          "hadnt",
          "hasnt",
          "havent",
          "isnt",
          "shouldnt",
          "wasnt",
          "werent",
          "wont",
          "wouldnt" ->
          true;
      default -> false;
    };
  }

  /** Emits what follows a word or a name as {@code 's}, {@code 'll} and the like. */
  int contractions(int offset) {
    int end = offset;
    for (String part = contraction(end);
        part != null && !part.equals("'t");
        part = contraction(end)) {
      end = emitter.emit(part, end, contractionEnd);
    }
    return end;
  }

  /** The contraction whose apostrophe is at an offset; {@code contractionEnd} is then its end. */
  private @Nullable String contraction(int apostrophe) {
    if (source.at(apostrophe) != '\'') {
      return null;
    }
    int first = Characters.lower(source.at(source.end()));
    int behindFirst = source.end();
    int second = Characters.lower(source.at(behindFirst));
    int behindSecond = source.end();
    if (!Characters.isLetterOrDigit(second)) {
      contractionEnd = behindFirst;
      return contraction(first, ' ');
    }
    contractionEnd = behindSecond;
    return Characters.isLetterOrDigit(source.at(behindSecond)) ? null : contraction(first, second);
  }

  private static @Nullable String contraction(int first, int second) {
    return switch (first << 16 | second) {
      case 's' << 16 | ' ' -> "'s";
      case 'm' << 16 | ' ' -> "'m";
      case 'd' << 16 | ' ' -> "'d";
      case 't' << 16 | ' ' -> "'t";
      case 'r' << 16 | 'e' -> "'re";
      case 'v' << 16 | 'e' -> "'ve";
      case 'l' << 16 | 'l' -> "'ll";
      default -> null;
    };
  }
}
