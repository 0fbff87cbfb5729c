package io.sentimentstreams.report;

import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.model.ModelManifest;
import io.sentimentstreams.model.Provenance;
import io.sentimentstreams.report.Page.Fact;
import io.sentimentstreams.text.TextSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a manifest says, as names and values. */
final class PageFacts {
  private PageFacts() {}

  /** How texts are read and the network was trained. */
  static List<Fact> settings(ModelManifest manifest) {
    TextSettings text = manifest.model().text();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("tokenizer", code(text.tokenizer())));
    facts.add(new Fact("vocabularySize", Numbers.count(text.vocabularySize())));
    facts.add(new Fact("minimumCount", Numbers.count(text.minimumCount())));
    facts.add(new Fact("maximumTokens", Numbers.count(text.maximumTokens())));
    facts.add(new Fact("truncation", code(text.truncation())));
    facts.add(new Fact("padding", code(text.padding())));
    manifest
        .provenance()
        .settings()
        .forEach((name, value) -> facts.add(new Fact(name, value.toString())));
    return facts;
  }

  /** Where a model comes from. */
  static List<Fact> origin(ModelBundle bundle) {
    Provenance provenance = bundle.manifest().provenance();
    Provenance.DataDescription data = provenance.data();
    Provenance.SplitDescription split = data.split();
    Provenance.Versions versions = provenance.versions();
    return List.of(
        new Fact("Trained", provenance.created().toString()),
        new Fact("By", provenance.commandLine()),
        new Fact("Data", "%s, %s texts".formatted(data.name(), Numbers.count(data.rows()))),
        new Fact("Data, SHA-256", data.sha256()),
        new Fact(
            "Split",
            "seed %d: %s for training, %s for validation, %s for a test"
                .formatted(
                    split.seed(),
                    Numbers.count(split.trainingRows()),
                    Numbers.count(split.validationRows()),
                    Numbers.count(split.testRows()))),
        new Fact("Seed of the training", String.valueOf(provenance.seed())),
        new Fact(
            "Versions",
            "sentiment-streams %s, Deeplearning4j %s, Java %s, %s"
                .formatted(versions.project(), versions.dl4j(), versions.java(), versions.os())),
        new Fact("Model version", bundle.version()),
        new Fact("Weights", code(bundle.precision())));
  }

  private static String code(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
