package io.sentimentstreams.stream;

import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.text.EncodedText;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model without a network: the label is that of the text's first character. It fails on request:
 * for texts that hold the words below, or for all, or hangs.
 */
final class FakeLabeller implements Labeller {
  /** A batch with such a text fails. */
  static final String POISON = "POISON";

  /** Such a text gets probabilities that are no numbers. */
  static final String NAN = "NAN";

  /** A batch with such a text gets a prediction too few. */
  static final String TOO_FEW = "TOO-FEW";

  /** A batch with such a text hangs until {@link #unhang}. */
  static final String HANG = "HANG";

  /** A batch takes {@link #SLOWNESS} for each of these texts. */
  static final String SLOW = "SLOW";

  static final Duration SLOWNESS = Duration.ofMillis(700);

  /** The text that the stream knows to be good. */
  private static final String CANARY = "a good day";

  /** Such a text cannot be encoded. */
  static final String UNENCODABLE = "UNENCODABLE";

  static final Labels LABELS = new Labels(List.of("negative", "neutral", "positive"));
  static final ModelInfo INFO = new ModelInfo("fake", "v1", "none", "fake", "cpu");

  private static final int POISON_ID = 1_000_001;
  private static final int NAN_ID = 1_000_002;
  private static final int TOO_FEW_ID = 1_000_003;
  private static final int HANG_ID = 1_000_004;
  private static final int CANARY_ID = 1_000_005;
  private static final int SLOW_ID = 1_000_006;

  /** How often the canary fails until a breakdown is over. */
  private static final int CANARIES_OF_A_BREAKDOWN = 2;

  final Queue<Integer> batches = new ConcurrentLinkedQueue<>();
  final AtomicBoolean broken = new AtomicBoolean();

  final AtomicBoolean hanging = new AtomicBoolean();

  /** Numbers of calls, ascending: from each on all fail, until the canary has failed some times. */
  final Queue<Integer> breakdowns = new ConcurrentLinkedQueue<>();

  private final ModelInfo info;
  private final Labels labels;
  private final CountDownLatch unhung = new CountDownLatch(1);
  private int failingCanaries;

  final AtomicBoolean closed = new AtomicBoolean();
  final AtomicInteger abandoned = new AtomicInteger();

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
    int id = id(text);
    int[] ids = id == HANG_ID || id == SLOW_ID ? new int[] {id, text.hashCode()} : new int[] {id};
    return new EncodedText(ids, words, 1);
  }

  private static int id(String text) {
    if (text.contains(POISON)) {
      return POISON_ID;
    }
    if (text.contains(TOO_FEW)) {
      return TOO_FEW_ID;
    }
    if (text.contains(HANG)) {
      return HANG_ID;
    }
    if (text.contains(SLOW)) {
      return SLOW_ID;
    }
    if (text.equals(CANARY)) {
      return CANARY_ID;
    }
    return text.contains(NAN) ? NAN_ID : text.codePointAt(0);
  }

  private static boolean holds(List<EncodedText> texts, int id) {
    return texts.stream().anyMatch(text -> text.ids()[0] == id);
  }

  @Override
  public List<Prediction> predict(List<EncodedText> texts) {
    batches.add(texts.size());
    onPredict.run();
    if (closed.get()) {
      throw new IllegalStateException("closed");
    }
    if (breaksDown(texts) || broken.get() || holds(texts, POISON_ID)) {
      throw new IllegalStateException("the network fails");
    }
    if (hanging.get() || holds(texts, HANG_ID)) {
      hang();
    }
    texts.stream().filter(text -> text.ids()[0] == SLOW_ID).forEach(text -> dawdle());
    int predictions = holds(texts, TOO_FEW_ID) ? texts.size() - 1 : texts.size();
    return texts.stream().limit(predictions).map(text -> prediction(text.ids()[0])).toList();
  }

  /** As a computation does, it does not care about interrupts. */
  private void hang() {
    boolean interrupted = false;
    while (unhung.getCount() > 0) {
      try {
        unhung.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** As long as it lasts, or until nothing hangs any more. */
  private void dawdle() {
    try {
      boolean unused = unhung.await(SLOWNESS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets all calls that hang go on, and none hang any more. */
  void unhang() {
    hanging.set(false);
    unhung.countDown();
  }

  private boolean breaksDown(List<EncodedText> texts) {
    synchronized (breakdowns) {
      Integer next = breakdowns.peek();
      if (next == null || batches.size() < next) {
        return false;
      }
      if (holds(texts, CANARY_ID) && ++failingCanaries % CANARIES_OF_A_BREAKDOWN == 0) {
        breakdowns.remove();
      }
      return true;
    }
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
  public void abandoned() {
    abandoned.incrementAndGet();
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
