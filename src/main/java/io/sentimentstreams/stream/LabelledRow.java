package io.sentimentstreams.stream;

import io.sentimentstreams.batch.FrameRow;
import io.sentimentstreams.event.Rejected;
import io.sentimentstreams.event.TextEvent;
import io.sentimentstreams.model.Prediction;
import org.jspecify.annotations.Nullable;

/** What became of a row of a frame. */
sealed interface LabelledRow {
  /** The row as it came. */
  FrameRow row();

  /**
   * The row has its label.
   *
   * @param event as it was read
   * @param prediction what the model says of it
   * @param value of the labelled event
   */
  // An array: the bytes go to Kafka as they are, and none is compared.
  @SuppressWarnings("ArrayRecordComponent")
  record Done(FrameRow row, TextEvent event, Prediction prediction, byte[] value)
      implements LabelledRow {}

  /**
   * The row cannot be labelled.
   *
   * @param cause what failed for it, null where the event itself is bad
   */
  record Dead(FrameRow row, Rejected rejected, @Nullable Throwable cause) implements LabelledRow {}
}
