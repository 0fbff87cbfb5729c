package io.sentimentstreams.stream;

import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.text.EncodedText;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A model without a network: the label is that of the text's first character. It fails on request:
 * for texts that hold the words below, or for all.
 */
final class FakeLabeller implements Labeller {
  /** A batch with such a text fails. */
  static final String POISON = "POISON";

  /** Such a text gets probabilities that are no numbers. */
  static final String NAN = "NAN";

  /** Such a text cannot be encoded. */
  static final String UNENCODABLE = "UNENCODABLE";

  static final Labels LABELS = new Labels(List.of("negative", "neutral", "positive"));
  static final ModelInfo INFO = new ModelInfo("fake", "v1", "none", "fake", "cpu");

  private static final int POISON_ID = 1_000_001;
  private static final int NAN_ID = 1_000_002;

  final Queue<Integer> batches = new ConcurrentLinkedQueue<>();
  final AtomicBoolean broken = new AtomicBoolean();

  /** Numbers of calls, ascending: each of them fails, and so does its thread's next call. */
  final Queue<Integer> breakdowns = new ConcurrentLinkedQueue<>();

  private final ModelInfo info;
  private final Labels labels;
  private final Set<Thread> brokenThreads = ConcurrentHashMap.newKeySet();

  final AtomicBoolean closed = new AtomicBoolean();

  /** Run at the beginning of each call. */
  volatile Runnable onPredict = () -> {};

  FakeLabeller() {
    this(INFO.name(), INFO.version());
  }

  /** A model of another name and content. */
  FakeLabeller(String name, String version) {
    this(name, version, LABELS);
  }

  FakeLabeller(String name, String version, Labels labels) {
    this.info = new ModelInfo(name, version, "none", "fake", "cpu");
    this.labels = labels;
  }

  @Override
  public Labels labels() {
    return labels;
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public EncodedText encode(String text) {
    if (text.contains(UNENCODABLE)) {
      throw new IllegalArgumentException("cannot be\nencoded");
    }
    int words = text.split("\\s+").length;
    return new EncodedText(new int[] {id(text)}, words, 1);
  }

  private static int id(String text) {
    if (text.contains(POISON)) {
      return POISON_ID;
    }
    return text.contains(NAN) ? NAN_ID : text.codePointAt(0);
  }

  @Override
  public List<Prediction> predict(List<EncodedText> texts) {
    batches.add(texts.size());
    onPredict.run();
    if (closed.get()) {
      throw new IllegalStateException("closed");
    }
    if (breaksDown()
        || broken.get()
        || texts.stream().anyMatch(text -> text.ids()[0] == POISON_ID)) {
      throw new IllegalStateException("the network fails");
    }
    return texts.stream().map(text -> prediction(text.ids()[0])).toList();
  }

  private boolean breaksDown() {
    if (brokenThreads.remove(Thread.currentThread())) {
      return true;
    }
    synchronized (breakdowns) {
      Integer next = breakdowns.peek();
      if (next == null || batches.size() < next) {
        return false;
      }
      breakdowns.remove();
    }
    return brokenThreads.add(Thread.currentThread());
  }

  private Prediction prediction(int id) {
    float[] probabilities = new float[labels.size()];
    Arrays.fill(probabilities, 0.1f);
    if (id == NAN_ID) {
      probabilities[0] = Float.NaN;
      return new Prediction(0, Float.NaN, probabilities);
    }
    probabilities[id % labels.size()] = 0.8f;
    return Prediction.of(probabilities);
  }

  /** The name of the label that a text gets. */
  static String labelOf(String text) {
    return LABELS.name(text.codePointAt(0) % LABELS.size());
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
