package io.sentimentstreams.page;

import java.util.Map;

/** An event that the page shows, and what became of it. */
public sealed interface Sample {
  /** The most chars of a text that a sample keeps. */
  int LONGEST_TEXT = 4000;

  /** The route that it came by. */
  String route();

  /** Where it stands among the inputs. */
  Place place();

  /**
   * An event with a label.
   *
   * @param text as the model was given it, or its beginning, see {@link #isWhole}
   * @param chars of the whole text
   * @param label the most probable one
   * @param score its probability
   * @param probabilities by label, in the model's order
   * @param version hash of the model that labelled it
   */
  record Labelled(
      String route,
      Place place,
      String text,
      int chars,
      String label,
      float score,
      Map<String, Float> probabilities,
      String version)
      implements Sample {

    /** Whether the text is all of it. */
    public boolean isWhole() {
      return text.length() == chars;
    }
  }

  /**
   * An event that could not be labelled.
   *
   * @param reason its code
   * @param detail what was found, in words; it may quote the event
   */
  record Dead(String route, Place place, String reason, String detail) implements Sample {}

  /** The beginning of a text, of so many chars at most; a pair of surrogates stays whole. */
  static String beginning(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean splits =
        Character.isHighSurrogate(text.charAt(most - 1))
            && Character.isLowSurrogate(text.charAt(most));
    return text.substring(0, splits ? most - 1 : most);
  }
}
