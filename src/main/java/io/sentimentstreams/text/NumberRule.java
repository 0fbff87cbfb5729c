package io.sentimentstreams.text;

/** Which numbers a tokenizer keeps; any other becomes {@code <number>}. */
enum NumberRule {
  /** Those of one digit. */
  ONE_DIGIT,
  /** Those of one or two digits, and ratings such as 8/10, because they tell the label. */
  RATINGS,
  /** All. */
  ALL;

  /**
   * Whether a number is kept.
   *
   * @param number digits, and single separators between digits
   */
  boolean keeps(CharSequence number) {
    return switch (this) {
      case ONE_DIGIT -> number.length() == 1;
      case RATINGS -> isShort(number) || isRating(number);
      case ALL -> true;
    };
  }

  private static boolean isShort(CharSequence number) {
    return number.length() <= 2;
  }

  private static boolean isRating(CharSequence number) {
    if (number.length() > 8) {
      return false;
    }
    String text = number.toString();
    int slash = text.indexOf('/');
    return slash > 0 && isPoints(text.substring(0, slash)) && isScale(text.substring(slash + 1));
  }

  private static boolean isPoints(String text) {
    return text.length() <= 2 || (text.length() <= 4 && text.indexOf('.') > 0);
  }

  private static boolean isScale(String text) {
    return switch (text) {
      case "2", "4", "5", "10", "100" -> true;
      default -> false;
    };
  }
}
