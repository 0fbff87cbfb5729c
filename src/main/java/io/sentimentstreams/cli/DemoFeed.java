package io.sentimentstreams.cli;

import io.sentimentstreams.corpus.InputRow;
import io.sentimentstreams.corpus.TextReader;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/** The events that a run of the demo sends, one after the other. */
interface DemoFeed extends Iterator<DemoEvent>, AutoCloseable {

  @Override
  void close();

  /** Events in memory. */
  static DemoFeed of(List<DemoEvent> events) {
    return new OfIterator(events.iterator(), () -> {});
  }

  /**
   * A user's file. A row's key is its id, or else its line.
   *
   * @param rows closed with the feed
   * @param route that all events go to
   * @param textField field of the events that holds the text of a row that is no event yet
   */
  static DemoFeed of(TextReader rows, String route, String textField) {
    Iterator<DemoEvent> events =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return rows.hasNext();
          }

          @Override
          public DemoEvent next() {
            return event(rows.next(), route, textField);
          }
        };
    return new OfIterator(events, rows::close);
  }

  private static DemoEvent event(InputRow row, String route, String textField) {
    String line = Long.toString(row.line());
    if (row instanceof InputRow.Text text) {
      String id = text.id() == null ? line : text.id();
      return DemoEvent.ofText(route, id, textField, text.text(), text.others());
    }
    return new DemoEvent(route, line, ((InputRow.Event) row).value());
  }

  /** One feed after the other, until one is empty. */
  static DemoFeed repeating(Supplier<DemoFeed> feeds) {
    return new Repeating(feeds);
  }

  /** A feed of an iterator and what to close. */
  final class OfIterator implements DemoFeed {
    private final Iterator<DemoEvent> events;
    private final Runnable close;

    private OfIterator(Iterator<DemoEvent> events, Runnable close) {
      this.events = events;
      this.close = close;
    }

    @Override
    public boolean hasNext() {
      return events.hasNext();
    }

    @Override
    public DemoEvent next() {
      return events.next();
    }

    @Override
    public void close() {
      close.run();
    }
  }

  /** See {@link #repeating}. */
  final class Repeating implements DemoFeed {
    private final Supplier<DemoFeed> feeds;
    private DemoFeed current;

    private Repeating(Supplier<DemoFeed> feeds) {
      this.feeds = feeds;
      this.current = feeds.get();
    }

    @Override
    public boolean hasNext() {
      if (!current.hasNext()) {
        current.close();
        current = feeds.get();
      }
      return current.hasNext();
    }

    @Override
    public DemoEvent next() {
      return current.next();
    }

    @Override
    public void close() {
      current.close();
    }
  }
}
