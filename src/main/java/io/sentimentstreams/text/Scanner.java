package io.sentimentstreams.text;

/**
 * Reads one text from start to end and emits its tokens; each method that reads something returns
 * the offset behind it. Looks ahead either a bounded number of characters or along what it then
 * takes in, so that the time is linear in the text.
 */
final class Scanner {
  static final String URL = "<url>";
  static final String USER = "<user>";
  static final String NUMBER = "<number>";

  private final ScannerRules rules;
  private final SourceText source;
  private final Emitter emitter;
  private final TokenBuffer buffer = new TokenBuffer();
  private final TokenBuffer repetition = new TokenBuffer();
  private final WordScanner words;
  private boolean afterSpace = true;

  Scanner(ScannerRules rules, SourceText source, Emitter emitter) {
    this.rules = rules;
    this.source = source;
    this.emitter = emitter;
    this.words = new WordScanner(rules, source, emitter, buffer);
  }

  void scan() {
    int offset = 0;
    while (offset < source.length()) {
      int c = source.at(offset);
      offset = scan(c, source.begin(), source.end());
      afterSpace = c == ' ';
    }
  }

  private int scan(int c, int start, int end) {
    if (c == ' ' || c == SourceText.END) {
      return end;
    }
    if (Emoticons.mayStartWith(c)) {
      Emoticons.Match match = Emoticons.find(source, start, afterSpace);
      if (match != null) {
        return emoticon(match, start);
      }
    }
    if (Characters.isLetter(c)) {
      return word(start, false);
    }
    return Characters.isDigit(c) ? number(start) : sign(c, start, end);
  }

  private int emoticon(Emoticons.Match match, int start) {
    emitter.emit(match.canonical(), start, match.end());
    if (match.stretched()) {
      emitter.mark(Emitter.ELONGATED);
    }
    return match.end();
  }

  private int word(int start, boolean hashtag) {
    int url = Urls.end(source, start);
    return url == Urls.NONE ? words.scan(start, hashtag) : emitter.emit(URL, start, url);
  }

  private int sign(int c, int start, int end) {
    return switch (c) {
      case '!', '?', 0x203C, 0x2047, 0x2048, 0x2049 -> marks(start);
      case '.', 0x2026 -> dots(start);
      case '#' -> hashtag(start, end);
      case '@' -> name(start, end);
      case '*' -> stars(start, end);
      case '<' -> tag(start, end);
      case '&' -> emitter.emit("and", start, end);
      case '%' -> emitter.emit("%", start, end);
      default -> otherSign(c, start, end);
    };
  }

  private int otherSign(int c, int start, int end) {
    if (rules.punctuation().indexOf(c) >= 0) {
      buffer.clear();
      buffer.append(c);
      return emitter.emit(buffer.raw(), start, end);
    }
    if (Emoji.isStart(c)) {
      return emoji(c, start, end);
    }
    return Character.getType(c) == Character.CURRENCY_SYMBOL ? emitter.emit("$", start, end) : end;
  }

  /** A run of exclamation and question marks, as one of five tokens. */
  private int marks(int start) {
    int exclamations = 0;
    int questions = 0;
    int end = start;
    for (int c = source.at(end); isMarks(c); c = source.at(end)) {
      exclamations += c == '!' || c == 0x2048 || c == 0x2049 ? 1 : c == 0x203C ? 2 : 0;
      questions += c == '?' || c == 0x2048 || c == 0x2049 ? 1 : c == 0x2047 ? 2 : 0;
      end = source.end();
    }
    return emitter.emit(marksToken(exclamations, questions), start, end);
  }

  private static boolean isMarks(int c) {
    return c == '!' || c == '?' || c == 0x203C || (c >= 0x2047 && c <= 0x2049);
  }

  private static String marksToken(int exclamations, int questions) {
    if (exclamations > 0 && questions > 0) {
      return "?!";
    }
    if (questions > 0) {
      return questions == 1 ? "?" : "??";
    }
    return exclamations == 1 ? "!" : "!!";
  }

  /** Two full stops or more are an ellipsis; one is nothing. */
  private int dots(int start) {
    int dots = 0;
    int end = start;
    for (int c = source.at(end); c == '.' || c == 0x2026; c = source.at(end)) {
      dots += c == '.' ? 1 : 3;
      end = source.end();
    }
    return dots == 1 ? end : emitter.emit("...", start, end);
  }

  private int hashtag(int start, int end) {
    int c = source.at(end);
    if (c == Emoji.KEYCAP) {
      return keycap('#', start, source.end());
    }
    if (!rules.hashtags() || !Characters.isLetterOrDigit(c)) {
      return end;
    }
    int behind = emitter.emit("#", start, end);
    while (Characters.isLetterOrDigit(c) || c == '_') {
      behind = hashtagPart(c, source.begin(), source.end());
      c = source.at(behind);
    }
    return behind;
  }

  private int hashtagPart(int c, int start, int end) {
    if (c == '_') {
      return end;
    }
    return Characters.isLetter(c) ? word(start, true) : number(start);
  }

  private int keycap(int base, int start, int end) {
    buffer.clear();
    buffer.append(base);
    buffer.append(Emoji.KEYCAP);
    return emitter.emit(buffer.raw(), start, end);
  }

  private int name(int start, int end) {
    int behind = end;
    int c = source.at(behind);
    while (c == '_' || (c < 0x80 && Characters.isLetterOrDigit(c))) {
      behind = source.end();
      c = source.at(behind);
    }
    return behind == end ? end : words.contractions(emitter.emit(USER, start, behind));
  }

  /** Two to five stars are a rating where ratings are kept. */
  private int stars(int start, int end) {
    int stars = 1;
    int behind = end;
    for (int c = source.at(behind); c == '*'; c = source.at(behind)) {
      stars++;
      behind = source.end();
    }
    if (stars == 1 && source.at(end) == Emoji.KEYCAP) {
      return keycap('*', start, source.end());
    }
    return rules.numbers() == NumberRule.RATINGS && stars >= 2 && stars <= 5
        ? emitter.emit("*****".substring(0, stars), start, behind)
        : behind;
  }

  private int tag(int start, int end) {
    int behind = HtmlTags.end(source, start);
    return behind == HtmlTags.NONE ? end : behind;
  }

  private int number(int start) {
    buffer.clear();
    int end = digits(start);
    while (isSeparator(source.at(end))) {
      int separator = source.at(end);
      int behind = source.end();
      if (!Characters.isDigit(source.at(behind))) {
        break;
      }
      buffer.append(separator);
      end = digits(behind);
    }
    if (buffer.length() == 1 && source.at(end) == Emoji.KEYCAP) {
      return keycap(buffer.charAt(0), start, source.end());
    }
    return emitter.emit(rules.numbers().keeps(buffer.raw()) ? buffer.raw() : NUMBER, start, end);
  }

  private int digits(int start) {
    int end = start;
    for (int c = source.at(end); Characters.isDigit(c); c = source.at(end)) {
      buffer.append(c);
      end = source.end();
    }
    return end;
  }

  private static boolean isSeparator(int c) {
    return c == '.' || c == ',' || c == ':' || c == '/' || c == '-';
  }

  /** An emoji, and its repetitions with it. */
  private int emoji(int c, int start, int end) {
    buffer.clear();
    int first = Emoji.append(source, c, end, buffer);
    int last = repetitions(first);
    emitter.emit(buffer.raw(), start, last);
    if (last > first) {
      emitter.mark(Emitter.ELONGATED);
    }
    return last;
  }

  private int repetitions(int offset) {
    int end = offset;
    for (int c = source.at(end); Emoji.isStart(c); c = source.at(end)) {
      repetition.clear();
      int behind = Emoji.append(source, c, source.end(), repetition);
      if (!repetition.contentEquals(buffer)) {
        break;
      }
      end = behind;
    }
    return end;
  }
}
