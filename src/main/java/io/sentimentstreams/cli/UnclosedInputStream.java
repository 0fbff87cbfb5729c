package io.sentimentstreams.cli;

import java.io.FilterInputStream;
import java.io.InputStream;

/** A stream that stays open when its user closes it. */
final class UnclosedInputStream extends FilterInputStream {

  UnclosedInputStream(InputStream in) {
    super(in);
  }

  /** Does nothing. */
  @Override
  public void close() {}
}
