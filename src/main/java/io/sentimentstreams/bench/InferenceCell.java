package io.sentimentstreams.bench;

import io.sentimentstreams.model.BackendKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Measures one model at one batch size and number of threads: all backends, in turns. */
final class InferenceCell {
  private final Subject subject;
  private final List<int[][]> batches;
  private final int threads;
  private final InferenceSettings settings;
  private final Callers callers;

  /** A backend in the faster of its ways, and what each round measured of it. */
  private record Contestant(Session session, Session.Way way, List<Callers.Timing> timings) {

    BackendKind kind() {
      return session.kind();
    }

    List<Double> rates() {
      return timings.stream().map(Callers.Timing::rowsPerSecond).toList();
    }
  }

  /**
   * @param batches the calls, [batch][time] each
   * @param threads at the same time
   */
  InferenceCell(
      Subject subject,
      List<int[][]> batches,
      int threads,
      InferenceSettings settings,
      Callers callers) {
    this.subject = subject;
    this.batches = batches;
    this.threads = threads;
    this.settings = settings;
    this.callers = callers;
  }

  /** One result a backend. */
  List<InferenceResult> measure(List<Session> sessions, Machine machine)
      throws InterruptedException {
    List<Contestant> contestants = new ArrayList<>();
    for (Session session : sessions) {
      contestants.add(new Contestant(session, warmedUp(session), new ArrayList<>()));
    }
    for (int round = 0; round < settings.rounds(); round++) {
      for (Contestant contestant : contestants) {
        contestant.timings().add(call(contestant.way(), settings.roundTime()));
      }
    }
    return contestants.stream().map(one -> result(one, contestants, machine)).toList();
  }

  /** Warms up; where there are two ways, a round of each tells which is the faster. */
  private Session.Way warmedUp(Session session) throws InterruptedException {
    List<Session.Way> ways = session.ways(threads);
    Session.Way fastest = ways.get(0);
    double most = 0;
    for (Session.Way way : ways) {
      call(way, settings.warmUp());
      double rate = ways.size() == 1 ? 0 : call(way, settings.roundTime()).rowsPerSecond();
      if (rate > most) {
        most = rate;
        fastest = way;
      }
    }
    return fastest;
  }

  private Callers.Timing call(Session.Way way, Duration time) throws InterruptedException {
    return callers.run(way.backend()::probabilities, batches, way.callers(), time);
  }

  private InferenceResult result(
      Contestant contestant, List<Contestant> contestants, Machine machine) {
    Session session = contestant.session();
    Spread rate = Spread.of(contestant.rates());
    Histogram nanosARow = new Histogram(Callers.DIGITS);
    contestant.timings().forEach(timing -> nanosARow.add(timing.nanosARow()));
    Double share =
        session.shared().onGpu()
            ? null
            : machine.peakShare(rate.median() * multiplyAdds(), threads);
    return new InferenceResult(
        subject.network(),
        subject.bundle().name(),
        session.kind().code(),
        session.shared().device(),
        batches.get(0).length,
        threads,
        contestant.way().callers(),
        Spread.rounded(rate.median(), 1),
        Spread.rounded(rate.low(), 1),
        Spread.rounded(rate.high(), 1),
        micros(nanosARow, 50),
        micros(nanosARow, 99),
        share == null ? null : Spread.rounded(share, 4),
        Spread.rounded(session.paddingShare(batches), 4),
        session.loadMillis(),
        session.shared().memoryBytes(),
        ratios(contestant, contestants));
  }

  /** Of a text, the mean of all. */
  private double multiplyAdds() {
    return batches.stream()
        .mapToDouble(batch -> subject.multiplyAdds(List.of(batch)))
        .average()
        .orElseThrow();
  }

  private static double micros(Histogram nanos, double percentile) {
    return Spread.rounded(nanos.getValueAtPercentile(percentile) / 1e3, 3);
  }

  private static Map<String, Double> ratios(Contestant own, List<Contestant> contestants) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (Contestant other : contestants) {
      if (other.kind() != own.kind()) {
        ratios.put(other.kind().code(), Spread.medianRatio(own.rates(), other.rates()));
      }
    }
    return ratios;
  }
}
