package io.sentimentstreams.avro;

import io.sentimentstreams.batch.FrameRow;
import io.sentimentstreams.event.EventCodec;
import io.sentimentstreams.event.EventWriter;
import io.sentimentstreams.event.ParsedEvent;
import io.sentimentstreams.model.Labels;
import org.apache.avro.Schema;

/**
 * Reads any Avro that has its text at the route's pointer, and writes that of the shipped schema.
 */
final class AvroEventCodec implements EventCodec {
  private final AvroEventReader reader;
  private final RegistrySchemas schemas;
  private final Schema labelledEvent;
  private final byte[] beginning;

  /**
   * A route's codec.
   *
   * @param beginning of each labelled event: its schema's id
   */
  AvroEventCodec(
      AvroEventReader reader, RegistrySchemas schemas, Schema labelledEvent, byte[] beginning) {
    this.reader = reader;
    this.schemas = schemas;
    this.labelledEvent = labelledEvent;
    this.beginning = beginning.clone();
  }

  @Override
  public ParsedEvent read(FrameRow row) {
    return reader.read(row);
  }

  @Override
  public EventWriter writer(Labels labels, String model, String modelVersion) {
    return new AvroEventWriter(labelledEvent, beginning, labels, model, modelVersion);
  }

  @Override
  public void probe() {
    schemas.askAgain();
  }
}
