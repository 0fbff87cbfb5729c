package io.sentimentstreams.bench;

/** A way to label the events of a topic. */
interface Way {

  /** Its name in reports. */
  String name();

  /**
   * Loads the model and starts to consume.
   *
   * @throws io.sentimentstreams.InvalidInputException for a model or setting that cannot be used
   */
  Running start(Job job) throws InterruptedException;

  /** A stream that runs. */
  interface Running extends AutoCloseable {

    /** Whether all partitions are assigned; throws where the stream has ended by itself. */
    boolean isReady();

    /** What computes, such as {@code dl4j}; {@code none} where nothing does. */
    String backend();

    /** Ends it and frees the model. */
    @Override
    void close();
  }
}
