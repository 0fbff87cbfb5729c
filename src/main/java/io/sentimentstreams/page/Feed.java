package io.sentimentstreams.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events (WHATWG HTML, section 9.2) to a limited number of browsers, each with a thread
 * and a queue of its own: one that does not read is dropped, and none holds up the others or the
 * threads that answer requests.
 *
 * <p>The latest kept messages are sent to whoever comes later; whoever comes again with {@code
 * Last-Event-ID} gets those that it has missed.
 */
final class Feed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
  private static final String ID_SEPARATOR = "-";

  /** Told from messages by identity: the answer ends. */
  private static final byte[] END = {};

  private final String instance;
  private final Limits limits;
  private final Set<Client> clients = new LinkedHashSet<>();
  private final Deque<Message> kept = new ArrayDeque<>();
  private long lastId;
  private boolean closed;

  /**
   * Without clients.
   *
   * @param instance tells this process from one before: letters and digits
   */
  Feed(String instance, Limits limits) {
    this.instance = instance;
    this.limits = limits;
  }

  /**
   * What a feed holds at most.
   *
   * @param clients browsers at the same time
   * @param waiting messages that wait for one browser
   * @param kept messages for those who come later
   * @param silence after which a browser gets a comment, so that nobody takes the connection for
   *     dead
   */
  record Limits(int clients, int waiting, int kept, Duration silence) {}

  /** How a browser comes. */
  enum Coming {
    /** Without anything from this process. */
    NEW,
    /** With what was sent to it before. */
    AGAIN
  }

  /** How many listen. */
  synchronized int listeners() {
    return clients.size();
  }

  /**
   * Takes a request for the feed over: answers it, and goes on doing so until either side ends.
   *
   * @param greeting the first message's data
   * @return false where there are too many; then the request is still to be answered
   */
  boolean accept(HttpExchange exchange, Function<Coming, String> greeting) throws IOException {
    long after = missedAfter(exchange.getRequestHeaders().getFirst("Last-Event-ID"));
    String hello = greeting.apply(after < 0 ? Coming.NEW : Coming.AGAIN);
    Client client;
    synchronized (this) {
      if (closed || clients.size() >= limits.clients()) {
        return false;
      }
      client = new Client(exchange, firstOnes(hello, after));
      clients.add(client);
    }
    client.start();
    return true;
  }

  private List<byte[]> firstOnes(String hello, long after) {
    List<byte[]> first = new ArrayList<>();
    first.add(bytes("retry: 2000\n" + text("hello", hello)));
    kept.stream().filter(message -> message.id() > after).forEach(m -> first.add(m.bytes()));
    return first;
  }

  /** The number of the last message that the browser has; -1 for none of this process. */
  private long missedAfter(@Nullable String lastEventId) {
    String prefix = instance + ID_SEPARATOR;
    if (lastEventId == null || !lastEventId.startsWith(prefix)) {
      return -1;
    }
    try {
      return Long.parseLong(lastEventId.substring(prefix.length()));
    } catch (NumberFormatException unknown) {
      return -1;
    }
  }

  /**
   * Sends a message that those who come later get as well.
   *
   * @param event its type
   * @param data without line ends
   */
  synchronized void publishKept(String event, String data) {
    lastId++;
    Message message =
        new Message(
            lastId, bytes("id: " + instance + ID_SEPARATOR + lastId + "\n" + text(event, data)));
    kept.addLast(message);
    if (kept.size() > limits.kept()) {
      kept.removeFirst();
    }
    send(message.bytes());
  }

  /** Sends a message to those who listen now. */
  synchronized void publish(String event, String data) {
    send(bytes(text(event, data)));
  }

  private void send(byte[] message) {
    // A copy: whoever does not read is removed.
    for (Client client : List.copyOf(clients)) {
      if (!client.offer(message)) {
        LOG.debug("A browser does not read, and is dropped");
        clients.remove(client);
        client.drop();
      }
    }
  }

  private static String text(String event, String data) {
    return "event: " + event + "\ndata: " + data + "\n\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private synchronized void left(Client client) {
    clients.remove(client);
  }

  /** Ends all connections, and takes no more. */
  @Override
  public synchronized void close() {
    closed = true;
    clients.forEach(Client::end);
    clients.clear();
  }

  // An array: it is sent as it is, and never compared.
  @SuppressWarnings("ArrayRecordComponent")
  private record Message(long id, byte[] bytes) {}

  /** One browser. */
  private final class Client implements Runnable {
    private final HttpExchange exchange;
    private final List<byte[]> first;
    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(limits.waiting());
    private final Thread thread = new Thread(this, "page-feed");

    Client(HttpExchange exchange, List<byte[]> first) {
      this.exchange = exchange;
      this.first = first;
      thread.setDaemon(true);
    }

    void start() {
      thread.start();
    }

    boolean offer(byte[] message) {
      return queue.offer(message);
    }

    /** Ends the answer after what waits; closes the connection of a browser that does not read. */
    void end() {
      if (!offer(END)) {
        drop();
      }
    }

    /** Closes the connection, in the midst of a message where need be. */
    void drop() {
      thread.interrupt();
    }

    @Override
    public void run() {
      try (exchange) {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Accel-Buffering", "no"); // proxies are not to collect
        exchange.sendResponseHeaders(200, 0);
        write(exchange.getResponseBody());
      } catch (IOException gone) {
        LOG.debug("A browser has gone: {}", gone.toString());
      } catch (InterruptedException dropped) {
        LOG.debug("A browser's answer ends");
      } finally {
        left(this);
      }
    }

    private void write(OutputStream out) throws IOException, InterruptedException {
      for (byte[] message : first) {
        out.write(message);
      }
      out.flush();
      while (true) {
        byte[] next = queue.poll(limits.silence().toMillis(), TimeUnit.MILLISECONDS);
        if (next == END) {
          return;
        }
        out.write(next == null ? bytes(":\n\n") : next);
        if (queue.isEmpty()) {
          out.flush();
        }
      }
    }
  }
}
