package io.sentimentstreams.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.web.ScoreAnswer;
import io.sentimentstreams.web.ScoreRequest;
import io.sentimentstreams.web.Scoring.NotNowException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class TextScorerTest {
  private final StreamSettings settings = TestSettings.with();
  private final FakeLabeller model = new FakeLabeller();
  private final AtomicLong nanos = new AtomicLong();
  private final ModelSlot slot =
      TestSlots.of(settings, model, new SimpleMeterRegistry(), Instant.EPOCH, () -> 0)
          .apply(settings.routes().get(0));
  private final TextScorer scorer =
      new TextScorer(
          settings.routes(), route -> slot.leaseIfOpen(), 1000, Duration.ofSeconds(10), nanos::get);

  private static ScoreRequest of(String... texts) {
    return new ScoreRequest(List.of(texts), null, true);
  }

  @Test
  void texts_asked_haveTheirLabelsOrReasonsInOrder() {
    ScoreAnswer answer = scorer.score(of("good", " ", "a".repeat(1001), "bad"));

    assertThat(answer.model()).isEqualTo("fake");
    assertThat(answer.modelVersion()).isEqualTo("v1");
    assertThat(answer.route()).isEqualTo(settings.routes().get(0).name());
    assertThat(answer.results())
        .extracting(
            result ->
                result instanceof ScoreAnswer.Unscored unscored
                    ? unscored.reason()
                    : answer.labels().name(((ScoreAnswer.Scored) result).prediction().label()))
        .containsExactly(
            FakeLabeller.labelOf("good"),
            "empty-text",
            "text-too-long",
            FakeLabeller.labelOf("bad"));
  }

  @Test
  void manyTexts_asked_areCallsOfFewRows() {
    int before = model.batches.size();
    scorer.score(of(Collections.nCopies(40, "good").toArray(String[]::new)));

    assertThat(model.batches.stream().skip(before)).containsExactly(16, 16, 8);
  }

  @Test
  void request_whileAnotherIsWorkedOn_isRefusedAsBusy() {
    model.onPredict =
        () -> {
          model.onPredict = () -> {};
          assertThatThrownBy(() -> scorer.score(of("good")))
              .isInstanceOf(NotNowException.class)
              .hasMessageContaining("try again");
        };

    assertThat(scorer.score(of("good")).results()).hasSize(1);
    assertThat(scorer.score(of("good")).results()).hasSize(1);
  }

  @Test
  void request_thatTakesTooLong_endsAfterTheCallAndFreesThePlace() {
    int before = model.batches.size();
    model.onPredict = () -> nanos.addAndGet(Duration.ofSeconds(6).toNanos());

    assertThatThrownBy(
            () -> scorer.score(of(Collections.nCopies(64, "good").toArray(String[]::new))))
        .isInstanceOf(NotNowException.class)
        .hasMessage("the texts take longer than 10 s; send fewer of them, or without explain");
    assertThat(model.batches.stream().skip(before)).containsExactly(16, 16);
    assertThat(scorer.score(of("good")).results()).hasSize(1);
  }

  @Test
  void request_withoutModel_isRefused() {
    TextScorer early =
        new TextScorer(
            settings.routes(), route -> Optional.empty(), 1000, Duration.ofSeconds(10), nanos::get);

    assertThatThrownBy(() -> early.score(of("good"))).isInstanceOf(NotNowException.class);
    slot.close();
    assertThatThrownBy(() -> scorer.score(of("good"))).isInstanceOf(NotNowException.class);
  }

  @Test
  void modelThatFails_isUnavailableAndFreesThePlace() {
    assertThatThrownBy(() -> scorer.score(of(FakeLabeller.POISON)))
        .isInstanceOf(NotNowException.class)
        .hasMessageContaining("the network fails");
    assertThat(scorer.score(of("good")).results()).hasSize(1);
  }

  @Test
  void unknownRoute_asked_isRefusedByName() {
    assertThatThrownBy(() -> scorer.score(new ScoreRequest(List.of("a"), "none", false)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("\"route\"");
  }

  @Test
  void model_exchanged_answersFromThenOn() {
    RouteModel next =
        TestSlots.maker(settings, new SimpleMeterRegistry(), Instant.EPOCH, () -> 0)
            .make(
                settings.routes().get(0),
                new SharedModel(new FakeLabeller("next", "v2"), Runnable::run));
    slot.exchange(next);

    assertThat(scorer.score(of("good")).modelVersion()).isEqualTo("v2");
  }
}
