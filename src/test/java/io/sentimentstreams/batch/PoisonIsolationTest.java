package io.sentimentstreams.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class PoisonIsolationTest {
  private static final int CANARY = -1;

  /** A model that squares numbers and fails for every batch with a bad one in it. */
  private static final class Model {
    private final Set<Integer> bad;
    private final List<List<Integer>> calls = new ArrayList<>();

    Model(Set<Integer> bad) {
      this.bad = bad;
    }

    List<Integer> square(List<Integer> rows) {
      calls.add(List.copyOf(rows));
      for (int row : rows) {
        if (bad.contains(row)) {
          throw new ArithmeticException("bad row " + row);
        }
      }
      return rows.stream().map(row -> row * row).toList();
    }
  }

  @Property
  void badRows_anywhere_failAloneAndTheOthersGetTheirResults(
      @ForAll @IntRange(max = 300) int size,
      @ForAll Set<@IntRange(max = 299) Integer> bad,
      @ForAll boolean withCanary) {
    List<Integer> rows = IntStream.range(0, size).boxed().toList();
    Model model = new Model(bad);

    List<Outcome<Integer>> outcomes = isolation(model, withCanary).apply(rows);

    assertThat(outcomes).hasSize(size);
    for (int row : rows) {
      assertOutcome(outcomes.get(row), row, bad.contains(row));
    }
    assertThat(model.calls.size()).isLessThanOrEqualTo(callsAtMost(size, bad));
  }

  private static void assertOutcome(Outcome<Integer> outcome, int row, boolean bad) {
    if (outcome instanceof Outcome.Failed<Integer> failed) {
      assertThat(bad).isTrue();
      assertThat(failed.cause()).hasMessage("bad row " + row);
    } else if (outcome instanceof Outcome.Done<Integer> done) {
      assertThat(bad).isFalse();
      assertThat(done.result()).isEqualTo(row * row);
    }
  }

  private static int callsAtMost(int size, Set<Integer> bad) {
    int failing = (int) bad.stream().filter(row -> row < size).count();
    if (failing == 0) {
      return size == 0 ? 0 : 1;
    }
    int levels = size == 1 ? 0 : 32 - Integer.numberOfLeadingZeros(size - 1);
    return size == 1 ? 4 : Math.min(3 + 2 * failing * levels, 2 * size + 1);
  }

  @Test
  void goodBatch_ofAnySize_takesOneCall() {
    Model model = new Model(Set.of());

    isolation(model, true).apply(List.of(1, 2, 3));

    assertThat(model.calls).containsExactly(List.of(1, 2, 3));
  }

  @Test
  void brokenModel_foundByTheCanary_failsTheBatchAfterTwoCalls() {
    Model model = new Model(Set.of(CANARY, 0, 1, 2, 3));

    assertThatThrownBy(() -> isolation(model, true).apply(List.of(0, 1, 2, 3)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("bad row 0");
    assertThat(model.calls).containsExactly(List.of(0, 1, 2, 3), List.of(CANARY));
  }

  /** Row 0 is bad; after the canary and the first half's first row nothing works any more. */
  @Test
  void modelThatBreaksAmidHalving_foundByTheCanary_blamesNoRow() {
    Model model = new Model(Set.of(0));
    PoisonIsolation<Integer, Integer> isolation =
        new PoisonIsolation<>(
            rows -> {
              if (model.calls.size() >= 4) {
                model.calls.add(List.copyOf(rows));
                throw new ArithmeticException("outage");
              }
              return model.square(rows);
            },
            ArithmeticException.class,
            CANARY);

    assertThatThrownBy(() -> isolation.apply(List.of(0, 1, 2, 3)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("bad row 0")
        .satisfies(
            thrown ->
                assertThat(thrown.getSuppressed()).singleElement().asString().contains("outage"));
    assertThat(model.calls)
        .containsExactly(
            List.of(0, 1, 2, 3),
            List.of(CANARY),
            List.of(0, 1),
            List.of(0),
            List.of(1),
            List.of(2, 3),
            List.of(2),
            List.of(3),
            List.of(CANARY));
  }

  @Test
  void badRowAlone_withAWorkingModel_failsTwice() {
    Model model = new Model(Set.of(0));

    assertThat(isolation(model, true).apply(List.of(0))).allMatch(Outcome.Failed.class::isInstance);
    assertThat(model.calls)
        .containsExactly(List.of(0), List.of(CANARY), List.of(0), List.of(CANARY));
  }

  @Test
  void rowAlone_thatFailsOnce_hasItsResult() {
    Model model = new Model(Set.of(0));
    PoisonIsolation<Integer, Integer> isolation =
        new PoisonIsolation<>(
            rows -> model.calls.isEmpty() ? model.square(rows) : rows,
            ArithmeticException.class,
            CANARY);

    assertThat(isolation.apply(List.of(0))).containsExactly(new Outcome.Done<>(0));
  }

  /** Halving would hang once for each of eight levels. */
  @Test
  void rowThatHangs_amongMany_hangsTwiceAndStandsAlone() {
    Model model = new Model(Set.of());
    List<Integer> hung = new ArrayList<>();
    PoisonIsolation<Integer, Integer> isolation =
        new PoisonIsolation<>(
            rows -> {
              if (rows.contains(77)) {
                hung.add(rows.size());
                throw new CallTimedOutException("no answer");
              }
              return model.square(rows);
            },
            RuntimeException.class,
            CANARY);

    List<Outcome<Integer>> outcomes = isolation.apply(IntStream.range(0, 256).boxed().toList());

    assertThat(hung).containsExactly(256, 1);
    assertThat(model.calls).hasSize(255 + 2);
    for (int row = 0; row < 256; row++) {
      assertThat(outcomes.get(row))
          .isInstanceOf(row == 77 ? Outcome.Failed.class : Outcome.Done.class);
    }
  }

  @Test
  void division_whoseTimeIsOver_endsAndBlamesNoRow() {
    Model model = new Model(Set.of(0, 1, 2, 3));
    PoisonIsolation<Integer, Integer> isolation = isolation(model, true);

    assertThatThrownBy(() -> isolation.apply(List.of(0, 1, 2, 3), () -> model.calls.size() < 4))
        .isInstanceOf(BatchUnfinishedException.class)
        .hasMessage("the time was over when 1 rows had their outcomes")
        .hasCauseInstanceOf(ArithmeticException.class);
    assertThat(model.calls)
        .containsExactly(List.of(0, 1, 2, 3), List.of(CANARY), List.of(0, 1), List.of(0));
  }

  @Test
  void callsExhausted_whileDividing_blameNoRow() {
    PoisonIsolation<Integer, Integer> isolation =
        new PoisonIsolation<>(
            rows -> {
              if (rows.contains(1)) {
                throw rows.size() > 1
                    ? new CallTimedOutException("no answer")
                    : new CallsExhaustedException("no more");
              }
              return rows;
            },
            RuntimeException.class,
            CANARY);

    assertThatThrownBy(() -> isolation.apply(List.of(0, 1, 2)))
        .isInstanceOf(CallsExhaustedException.class);
  }

  @Test
  void nothingButBadRows_withAWorkingModel_failEachByItself() {
    Model model = new Model(Set.of(0, 1, 2, 3));

    assertThat(isolation(model, true).apply(List.of(0, 1, 2, 3)))
        .allMatch(Outcome.Failed.class::isInstance);
  }

  @Test
  void otherException_passesThrough() {
    PoisonIsolation<Integer, Integer> isolation =
        new PoisonIsolation<>(
            rows -> {
              throw new IllegalStateException("closed");
            },
            ArithmeticException.class);

    assertThatThrownBy(() -> isolation.apply(List.of(1, 2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("closed");
  }

  @Test
  void function_withTooFewResults_isADefect() {
    PoisonIsolation<Integer, Integer> isolation =
        new PoisonIsolation<>(rows -> rows.subList(0, 1), ArithmeticException.class);

    assertThatThrownBy(() -> isolation.apply(List.of(1, 2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the batch function gave 1 results for 2 rows");
  }

  /** A failure of the rows together, out of memory say, is no failure of any row. */
  @Test
  void failure_thatOnlyTheWholeBatchHas_leavesEveryRowItsResult() {
    PoisonIsolation<Integer, Integer> isolation =
        new PoisonIsolation<>(
            rows -> {
              if (rows.size() > 2) {
                throw new ArithmeticException("too many");
              }
              return rows;
            },
            ArithmeticException.class);

    assertThat(isolation.apply(List.of(1, 2, 3, 4)))
        .containsExactly(
            new Outcome.Done<>(1),
            new Outcome.Done<>(2),
            new Outcome.Done<>(3),
            new Outcome.Done<>(4));
  }

  private static PoisonIsolation<Integer, Integer> isolation(Model model, boolean withCanary) {
    return withCanary
        ? new PoisonIsolation<>(model::square, ArithmeticException.class, CANARY)
        : new PoisonIsolation<>(model::square, ArithmeticException.class);
  }
}
