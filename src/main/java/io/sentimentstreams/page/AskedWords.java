package io.sentimentstreams.page;

import io.sentimentstreams.web.ScoreAnswer;
import io.sentimentstreams.web.ScoreRequest;
import io.sentimentstreams.web.Scoring;
import java.util.List;

/** Words as the route's model tells them when it is asked for the text once more. */
public final class AskedWords implements Words {
  private final Scoring scoring;

  /** Asks here. */
  public AskedWords(Scoring scoring) {
    this.scoring = scoring;
  }

  /** None where another model has taken the place of the one that labelled the sample. */
  @Override
  public List<Word> of(Sample.Labelled sample) {
    ScoreAnswer answer =
        scoring.score(new ScoreRequest(List.of(sample.text()), sample.route(), true));
    if (answer.modelVersion().equals(sample.version())
        && answer.results().get(0) instanceof ScoreAnswer.Scored scored
        && scored.explanation() != null
        && answer.labels().name(scored.prediction().label()).equals(sample.label())) {
      return scored.explanation().tokens().stream()
          .map(token -> new Word(token.start(), token.end(), token.contribution()))
          .toList();
    }
    return List.of();
  }
}
