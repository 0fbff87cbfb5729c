package io.sentimentstreams.report;

import io.sentimentstreams.train.Reliability;
import java.util.List;

/**
 * A reliability diagram: how often predictions of a score are right, above how many there are.
 *
 * @param calibration what is shown
 */
record CalibrationChart(Reliability calibration) {
  private static final Frame FRAME = new Frame(400, 300);
  private static final Scale SHARES = Scale.around(0, 1);

  Frame frame() {
    return FRAME;
  }

  Scale scale() {
    return SHARES;
  }

  /** The bins that hold predictions. */
  List<Reliability.Bin> filled() {
    return calibration.bins().stream().filter(bin -> bin.count() > 0).toList();
  }

  double x(double share) {
    return FRAME.x(share);
  }

  double y(double share) {
    return FRAME.y(share);
  }

  /** A bin's predictions by those of the fullest one. */
  double countShare(Reliability.Bin bin) {
    long most = calibration.bins().stream().mapToLong(Reliability.Bin::count).max().orElse(1);
    return (double) bin.count() / most;
  }

  String description() {
    StringBuilder text = new StringBuilder("Accuracy by score:");
    for (Reliability.Bin bin : filled()) {
      text.append(
          " %s to %s %s right,"
              .formatted(
                  Numbers.decimals(bin.from(), 1),
                  Numbers.decimals(bin.to(), 1),
                  Numbers.percent(bin.accuracy())));
    }
    text.setLength(text.length() - 1);
    return text.append('.').toString();
  }
}
