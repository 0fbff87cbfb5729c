package io.sentimentstreams.event;

import io.sentimentstreams.batch.FrameRow;
import io.sentimentstreams.model.Labels;

/**
 * Reads JSON or plain text and writes JSON.
 *
 * @param parser of the route's values
 */
public record JsonEventCodec(EventParser parser) implements EventCodec {
  @Override
  public ParsedEvent read(FrameRow row) {
    return parser.parse(row.value());
  }

  @Override
  public EventWriter writer(Labels labels, String model, String modelVersion) {
    return new LabelledEventWriter(labels, model, modelVersion);
  }

  /** There is nothing that could not be done. */
  @Override
  public void probe() {}
}
