package io.sentimentstreams.deploy;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is in PromQL expressions, as far as the dashboard and the alerts use the language. */
public final class Expressions {
  private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
  private static final Pattern SELECTOR = Pattern.compile("\\{[^}]*}");
  private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
  private static final Pattern NUMBER = Pattern.compile("\\b\\d[\\w.]*");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(?!\\w|\\s*\\()");
  private static final Set<String> OPERATORS =
      Set.of("and", "or", "unless", "bool", "by", "without", "on", "ignoring", "offset");

  private Expressions() {}

  /** The names of the metrics that an expression selects. */
  public static Set<String> metrics(String expression) {
    String bare = expression;
    for (Pattern part : new Pattern[] {TEXT, SELECTOR, RANGE, GROUPING, NUMBER}) {
      bare = part.matcher(bare).replaceAll(" ");
    }
    Set<String> names = new TreeSet<>();
    Matcher matcher = NAME.matcher(bare);
    while (matcher.find()) {
      names.add(matcher.group());
    }
    names.removeAll(OPERATORS);
    return names;
  }
}
