package io.sentimentstreams.trend;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The bytes of what travels between the parts of a stream and is kept in its stores. The first one
 * says the form, so that a later version can tell its own.
 */
public final class TrendBytes {
  private static final int PARTIAL = 1;
  private static final int REACHED = 2;
  private static final int GROUP = 3;
  private static final int PROGRESS = 4;

  private TrendBytes() {}

  /** What a source says: counts of a group, or how far it has come. */
  public sealed interface Message {
    /** Counts of the group that is the record's key. */
    record Counts(PartialTally partial) implements Message {}

    /** The source has events of this time. */
    record Reached(String source, long time) implements Message {}
  }

  public static byte[] of(Message message) {
    return bytes(
        out -> {
          if (message instanceof Message.Counts counts) {
            out.writeByte(PARTIAL);
            out.writeUTF(counts.partial().source());
            out.writeLong(counts.partial().pane());
            write(out, counts.partial().tally());
          } else if (message instanceof Message.Reached reached) {
            out.writeByte(REACHED);
            out.writeUTF(reached.source());
            out.writeLong(reached.time());
          }
        });
  }

  public static byte[] of(GroupPanes panes) {
    return bytes(
        out -> {
          out.writeByte(GROUP);
          out.writeBoolean(panes.raisedSince().isPresent());
          out.writeLong(panes.raisedSince().orElse(0));
          out.writeInt(panes.panes().size());
          for (Map.Entry<Long, Tally> pane : panes.panes().entrySet()) {
            out.writeLong(pane.getKey());
            write(out, pane.getValue());
          }
        });
  }

  public static byte[] of(TrendMerge.Progress progress) {
    return bytes(
        out -> {
          out.writeByte(PROGRESS);
          out.writeLong(progress.time());
          out.writeInt(progress.reached().size());
          for (Map.Entry<String, Long> source : new TreeMap<>(progress.reached()).entrySet()) {
            out.writeUTF(source.getKey());
            out.writeLong(source.getValue());
          }
        });
  }

  public static Message message(byte[] bytes) {
    return read(
        bytes,
        in -> {
          int form = in.readByte();
          String source = form == PARTIAL || form == REACHED ? in.readUTF() : "";
          return switch (form) {
            case PARTIAL -> new Message.Counts(new PartialTally(source, in.readLong(), tally(in)));
            case REACHED -> new Message.Reached(source, in.readLong());
            default -> throw unknown(form);
          };
        });
  }

  public static GroupPanes group(byte[] bytes) {
    return read(
        bytes,
        in -> {
          require(in, GROUP);
          boolean raised = in.readBoolean();
          long since = in.readLong();
          TreeMap<Long, Tally> panes = new TreeMap<>();
          for (int left = in.readInt(); left > 0; left--) {
            panes.put(in.readLong(), tally(in));
          }
          return new GroupPanes(panes, raised ? OptionalLong.of(since) : OptionalLong.empty());
        });
  }

  public static TrendMerge.Progress progress(byte[] bytes) {
    return read(
        bytes,
        in -> {
          require(in, PROGRESS);
          long time = in.readLong();
          Map<String, Long> reached = new TreeMap<>();
          for (int left = in.readInt(); left > 0; left--) {
            reached.put(in.readUTF(), in.readLong());
          }
          return new TrendMerge.Progress(reached, time);
        });
  }

  private static void write(DataOutputStream out, Tally tally) throws IOException {
    out.writeLong(tally.scoreMicros());
    out.writeLong(tally.balanced());
    out.writeLong(tally.balanceMicros());
    out.writeInt(tally.labels().size());
    for (Map.Entry<String, Long> label : tally.labels().entrySet()) {
      out.writeUTF(label.getKey());
      out.writeLong(label.getValue());
    }
  }

  private static Tally tally(DataInputStream in) throws IOException {
    long score = in.readLong();
    long balanced = in.readLong();
    long balance = in.readLong();
    TreeMap<String, Long> labels = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      labels.put(in.readUTF(), in.readLong());
    }
    return new Tally(labels, score, balanced, balance);
  }

  private static void require(DataInputStream in, int form) throws IOException {
    int found = in.readByte();
    if (found != form) {
      throw unknown(found);
    }
  }

  private static IllegalStateException unknown(int form) {
    return new IllegalStateException(
        "form %d of trends is not known here: written by another version".formatted(form));
  }

  private static byte[] bytes(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writer.write(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory", impossible);
    }
    return bytes.toByteArray();
  }

  private static <T> T read(byte[] bytes, Reader<T> reader) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return reader.read(in);
    } catch (IOException cut) {
      throw new IllegalStateException(
          "%d bytes of trends are cut off".formatted(bytes.length), cut);
    }
  }

  @FunctionalInterface
  private interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  @FunctionalInterface
  private interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }
}
