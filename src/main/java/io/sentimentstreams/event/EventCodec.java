package io.sentimentstreams.event;

import io.sentimentstreams.batch.FrameRow;
import io.sentimentstreams.model.Labels;

/** The format of a route: how its events are read, and its labelled events written. Thread-safe. */
public interface EventCodec {
  /**
   * What a row's value is. Every sequence of bytes has a defined outcome.
   *
   * @throws CodecUnavailableException where that cannot be known now, whatever the value is
   */
  ParsedEvent read(FrameRow row);

  /** What writes the labelled events of one model. */
  EventWriter writer(Labels labels, String model, String modelVersion);

  /**
   * Tries again what {@link #read} could not do the last time.
   *
   * @throws CodecUnavailableException where it still cannot be done
   */
  void probe();
}
