package io.sentimentstreams.corpus;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Parts of a newsgroup post that tell its group by other than what it says, with the definitions of
 * scikit-learn's {@code fetch_20newsgroups(remove=...)}, so that figures can be compared.
 */
public enum PostPart {
  /** All up to the first blank line; all there is where no line is blank. */
  HEADERS {
    @Override
    String strip(String post) {
      String[] parts = BLANK_LINE.split(post, 2);
      return parts.length < 2 ? "" : parts[1];
    }
  },

  /**
   * A signature: all from the last line on that is blank or of hyphens, those at the end aside. A
   * post without such a line stays as it is. The signature's length does not matter.
   */
  FOOTERS {
    @Override
    String strip(String post) {
      String[] lines = post.strip().split("\n", -1);
      int last = lines.length - 1;
      while (last > 0 && !SEPARATOR.matcher(lines[last].strip()).matches()) {
        last--;
      }
      return last == 0 ? post : String.join("\n", Arrays.copyOf(lines, last));
    }
  },

  /** Lines that begin with {@code >} or {@code |}, and those that say who is quoted. */
  QUOTES {
    @Override
    String strip(String post) {
      return Arrays.stream(post.split("\n", -1))
          .filter(line -> !QUOTE.matcher(line).find())
          .collect(Collectors.joining("\n"));
    }
  };

  private static final Pattern BLANK_LINE = Pattern.compile("\r?\n\r?\n");
  private static final Pattern SEPARATOR = Pattern.compile("-*");
  private static final Pattern QUOTE =
      Pattern.compile("writes in|writes:|wrote:|says:|said:|^In article|^Quoted from|^\\||^>");

  /** The post without this part. */
  abstract String strip(String post);

  /** The post without these parts: first headers, then footers, then quotes. */
  static String strip(String post, Set<PostPart> parts) {
    String rest = post;
    for (PostPart part : parts.isEmpty() ? parts : EnumSet.copyOf(parts)) {
      rest = part.strip(rest);
    }
    return rest;
  }
}
