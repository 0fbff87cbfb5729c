package io.sentimentstreams.model;

import java.util.Locale;

/** How the tokens' contributions to a label were found, see {@link Explainer}. */
public enum AttributionMethod {
  /** The parts that the network's own sum is made of. */
  EXACT,
  /** What changes when a token is taken away. */
  OCCLUSION;

  /** As outputs name it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
