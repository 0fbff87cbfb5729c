package io.sentimentstreams.tracing;

import io.sentimentstreams.batch.Frame;

/** Told of the work on each frame. Safe for use by several threads. */
public interface FrameTracer {
  /** Tells nobody, and costs nothing. */
  FrameTracer NONE = (route, frame) -> Work.UNTOLD;

  /** The work on a frame begins. */
  Work begin(String route, Frame frame);

  /** The work on one frame; where it is closed without being done, it was given up. */
  interface Work extends AutoCloseable {
    /** Work that nobody is told of. */
    Work UNTOLD =
        new Work() {
          @Override
          public void done(String model, int deadLetters) {}

          @Override
          public void close() {}
        };

    /**
     * All rows are on their way.
     *
     * @param model the name of the model that labelled them
     * @param deadLetters how many of them have no label
     */
    void done(String model, int deadLetters);

    @Override
    void close();
  }
}
