package io.sentimentstreams.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The emoticons, each with its canonical form, as a prefix tree over folded lower-case chars. */
final class Emoticons {
  /** Chars beyond ASCII that emoticons are drawn with; they follow ASCII in the alphabet. */
  private static final String EXTRA = "\u00AF\u30C4";

  private static final int ALPHABET = 0x80 + EXTRA.length();

  private static final Emoticons KNOWN = new Emoticons();

  private final List<Node> nodes = new ArrayList<>();

  /** A place in the tree. */
  private static final class Node {
    /** Number of the next node, or 0, [symbol]. */
    final int[] children = new int[ALPHABET];

    /** The emoticon that ends here, if one does. */
    @Nullable String canonical;

    /** Whether it counts only at the start of the text or behind white space. */
    boolean apart;
  }

  private Emoticons() {
    nodes.add(new Node());
    for (String eyes : List.of(":", "=")) {
      for (String nose : List.of("", "-", "^", "o")) {
        addFace(eyes + nose);
      }
      addTears(eyes);
    }
    for (String nose : List.of("", "-")) {
      addWink(";" + nose);
      addReversed(nose);
    }
    addOthers();
  }

  private void addFace(String face) {
    addEach(":)", face, ")", "]", "}");
    addEach(":(", face, "(", "[", "{");
    addEach(":D", face, "d");
    addEach(":P", face, "p");
    addEach(":/", face, "/", "\\");
    addEach(":|", face, "|");
    addEach(":*", face, "*");
    addEach(">:(", ">" + face, "(", "[");
    addEach(">:)", ">" + face, ")");
    if (!face.endsWith("o")) {
      addEach(":o", face, "o");
      addEach(":s", face, "s");
      addEach(":x", face, "x");
      addEach(":3", face, "3");
    }
  }

  private void addTears(String eyes) {
    addEach(":'(", eyes, "'(", "'-(", "'[");
    addEach(":')", eyes, "')", "'-)");
  }

  private void addWink(String face) {
    addEach(";)", face, ")", "]", "d", "p");
    addEach(":(", face, "(");
  }

  /** Right to left; a bracket and a colon are too common in prose to count behind a word. */
  private void addReversed(String nose) {
    for (String eyes : List.of(":", "=")) {
      add("(" + nose + eyes, ":)", true);
      add(")" + nose + eyes, ":(", true);
    }
    add("(" + nose + ";", ";)", true);
    add("(':", ":')", true);
    add(")':", ":'(", true);
  }

  private void addOthers() {
    addEach(":D", "x", "d", "-d");
    addEach("<3", "<", "3");
    addEach("</3", "<", "/3", "\\3");
    addEach("^_^", "^", "_^", "-^", ".^", "^", "__^");
    addEach("-_-", "-", "_-", ".-", "__-", "___-");
    addEach("T_T", "t", "_t", ".t", "__t");
    addEach("T_T", ";", "_;", "-;", "__;");
    addEach(">_<", ">", "_<", ".<", "__<");
    addEach("o_O", "o", "_o", ".o", "__o", "_0");
    addEach("u_u", "u", "_u");
    addEach("\\o/", "\\", "o/");
    addEach("\u00AF\\_(\u30C4)_/\u00AF", "\u00AF\\", "_(\u30C4)_/\u00AF", "(\u30C4)/\u00AF");
  }

  private void addEach(String canonical, String start, String... ends) {
    for (String end : ends) {
      add(start + end, canonical, false);
    }
  }

  private void add(String emoticon, String canonical, boolean apart) {
    int last = 0;
    for (int i = 0; i < emoticon.length(); i++) {
      last = child(last, symbol(emoticon.charAt(i)));
    }
    nodes.get(last).canonical = canonical;
    nodes.get(last).apart = apart;
  }

  private int child(int node, int symbol) {
    int[] children = nodes.get(node).children;
    if (children[symbol] == 0) {
      children[symbol] = nodes.size();
      nodes.add(new Node());
    }
    return children[symbol];
  }

  private static int symbol(int c) {
    if (c < 0x80) {
      return Characters.lower(c);
    }
    int extra = EXTRA.indexOf(c);
    return extra < 0 ? -1 : 0x80 + extra;
  }

  /** Whether some emoticon starts with this folded code point. */
  static boolean mayStartWith(int c) {
    int symbol = symbol(c);
    return symbol >= 0 && KNOWN.nodes.get(0).children[symbol] != 0;
  }

  /**
   * Finds the longest emoticon that starts at an offset.
   *
   * @param afterSpace whether the text starts there, or white space ends
   * @return its canonical form and its end, or null
   */
  static @Nullable Match find(SourceText source, int start, boolean afterSpace) {
    Match best = null;
    int node = 0;
    int c = source.at(start);
    int next = source.end();
    while (c >= 0 && symbol(c) >= 0) {
      node = KNOWN.nodes.get(node).children[symbol(c)];
      if (node == 0) {
        break;
      }
      Node place = KNOWN.nodes.get(node);
      if (place.canonical != null && (afterSpace || !place.apart)) {
        Match match = stretched(source, place.canonical, c, next);
        best = match == null ? best : match;
      }
      c = source.at(next);
      next = source.end();
    }
    return best;
  }

  /** Takes in repetitions of the last char; null where a letter or digit would be cut off. */
  private static @Nullable Match stretched(SourceText source, String canonical, int last, int end) {
    int stop = end;
    int c = source.at(stop);
    while (c >= 0 && Characters.lower(c) == Characters.lower(last)) {
      stop = source.end();
      c = source.at(stop);
    }
    boolean cut = Characters.isLetterOrDigit(last) && Characters.isLetterOrDigit(c);
    boolean address = canonical.equals(":/") && stop > end;
    return cut || address ? null : new Match(canonical, stop, stop > end);
  }

  /**
   * An emoticon in a text.
   *
   * @param canonical its canonical form
   * @param end offset behind it
   * @param stretched whether its last char is repeated
   */
  record Match(String canonical, int end, boolean stretched) {}
}
