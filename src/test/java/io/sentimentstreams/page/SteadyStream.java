package io.sentimentstreams.page;

/** Plays to the page, by its own functions, a stream that has been steady for five minutes. */
final class SteadyStream {
  private SteadyStream() {}

  /**
   * A script that shows the state after those minutes, and events from then on none.
   *
   * @param rate events a second, of which a tenth are dead letters
   */
  static String script(int rate) {
    return """
        (rate => {
          tick = message => {};
          const dead = rate / 10, labelled = rate - dead;
          const labels = n => n === 0 ? {} : { negative: n * 0.5, neutral: n * 0.2, positive: n * 0.3 };
          const time = Date.now();
          state.seconds = Array.from({ length: 300 }, (none, i) => ({ time: time - (300 - i) * 1000,
            routes: { tweets: { in: rate, dead, labels: labels(labelled) } } }));
          const now = { time, live: true, ready: true, reasons: [], lag: { 'tweets-0': 12 * rate, 'tweets-1': 0 },
            groups: rate === 0 ? [] : ['AirVantor', 'BrightHeronAir', 'a very long name of a group that somebody made up'].map((group, i) => ({
              route: 'tweets', group, start: time - 90000, end: time - 30000, events: rate * 20 - i, score: 0.81, negative: i * 0.42 })),
            routes: [{ route: 'tweets', in: rate, labelled, dead, latency: rate === 0 ? null : { p50: 12, p95: 31.5, p99: 1250 },
              totals: { in: 300 * rate, labels: labels(300 * labelled), reasons: rate === 0 ? {} : { 'empty-text': 200 * dead, 'text-too-long': 100 * dead } },
              unaccounted: rate / 100, breakerOpen: false, drift: { unknown: rate === 0 ? null : 0.31, length: rate === 0 ? null : 0.14, score: rate === 0 ? null : 0.02, label: rate === 0 ? null : 0.01 },
              model: { name: 'tweets-bilstm', version: 'dea21e65935c0000', network: 'bilstm', backend: 'compiled', device: 'cpu' } }] };
          state.last = now;
          Object.keys(now.routes[0].totals.labels).forEach(known);
          for (const draw of [tiles, health, routes, drift, groups, reasons, note, charts]) draw(now);
        })(%d)"""
        .formatted(rate);
  }
}
