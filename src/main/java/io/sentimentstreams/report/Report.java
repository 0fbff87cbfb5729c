package io.sentimentstreams.report;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.train.Judged;
import java.util.List;

/**
 * What a report is made of.
 *
 * @param bundle the model, with its measures and the epochs of its training
 * @param part name of the texts that it is judged on, such as {@code validation}
 * @param judged these texts, at least one
 * @param parts of the data, at least one
 * @param note what is to be known of the choice of the texts; a sentence, or empty
 * @param quotes most texts that each list of texts shows
 * @param seed of the choice of samples
 */
public record Report(
    ModelBundle bundle,
    String part,
    List<Judged> judged,
    List<DataPart> parts,
    String note,
    int quotes,
    long seed) {
  public Report {
    judged = List.copyOf(judged);
    parts = List.copyOf(parts);
  }

  /**
   * One page that needs no other file, no network and no script; texts are escaped, and its content
   * security policy forbids the browser to run or to load anything.
   */
  @SuppressWarnings("NullAway") // jte's code takes null for no interceptor, and has no annotations
  public String html() {
    StringOutput page = new StringOutput();
    JtereportGenerated.render(new OwaspHtmlTemplateOutput(page), null, Page.of(this));
    return page.toString();
  }
}
