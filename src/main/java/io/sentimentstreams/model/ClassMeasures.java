package io.sentimentstreams.model;

/**
 * How well one label is found.
 *
 * @param label its name
 * @param precision share of the texts labelled so that are so; 0 where none is
 * @param recall share of the texts that are so that were labelled so; 0 where none is
 * @param f1 harmonic mean of both; 0 where both are 0
 * @param support texts that are so
 */
public record ClassMeasures(
    String label, double precision, double recall, double f1, long support) {
  public ClassMeasures {
    Checks.notBlank("measures: label", label);
    Checks.share("measures: precision", precision);
    Checks.share("measures: recall", recall);
    Checks.share("measures: f1", f1);
    Checks.atLeast("measures: support", support, 0);
  }
}
