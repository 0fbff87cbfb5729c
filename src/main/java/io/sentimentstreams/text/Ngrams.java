package io.sentimentstreams.text;

import io.sentimentstreams.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The n-grams that a model knows: sequences of one to {@value #LONGEST} known tokens, numbered from
 * 0. Immutable and safe for use by several threads.
 *
 * <p>An n-gram is its tokens' ids in one {@code long}, {@value #ID_BITS} bits each, so that finding
 * one compares numbers and never text.
 */
public final class Ngrams {
  /** Most tokens of an n-gram. */
  public static final int LONGEST = 3;

  private static final int ID_BITS = 21;

  /** Slots a number of the filter: of its 64 bits eight or fewer are set, on average. */
  private static final int FILTER_SHARE = 16;

  /** Most token ids of a vocabulary whose n-grams can be told apart. */
  public static final int MAXIMUM_VOCABULARY = 1 << ID_BITS;

  /** Most n-grams of a model, so that their table takes 224 MiB at most. */
  public static final int MAXIMUM_SIZE = 1 << 22;

  private final long[] keys; // [number]
  private final long[] slots; // keys, or 0 for a free slot; a power of two long
  private final int[] numbers; // [slot]
  private final long[] filter; // bits of keys, a power of two long: most keys of texts are unknown

  private Ngrams(long[] keys) {
    this.keys = keys;
    int capacity = Integer.highestOneBit(Math.max(8, keys.length)) << 2;
    slots = new long[capacity];
    numbers = new int[capacity];
    filter = new long[capacity / FILTER_SHARE];
    for (int number = 0; number < keys.length; number++) {
      int slot = slot(keys[number]);
      slots[slot] = keys[number];
      numbers[slot] = number;
      filter[word(keys[number])] |= bit(keys[number]);
    }
  }

  /**
   * The n-grams of at least so many texts.
   *
   * @param texts token ids, {@code [text][time]}; n-grams with padding or an unknown token are left
   *     out
   * @param minimumCount texts that an n-gram must occur in
   */
  public static Ngrams build(Iterable<int[]> texts, int minimumCount) {
    TextCounts counts = new TextCounts();
    for (int[] ids : texts) {
      LongList own = new LongList();
      forEachKey(ids, (key, first, tokens) -> own.add(key));
      counts.add(own.toArray());
    }
    return new Ngrams(counts.ofAtLeast(minimumCount));
  }

  /**
   * Only some of these n-grams, numbered anew in the order given.
   *
   * @param chosen numbers, each once
   */
  public Ngrams only(int[] chosen) {
    return new Ngrams(Arrays.stream(chosen).mapToLong(number -> keys[number]).toArray());
  }

  /** How many there are. */
  public int size() {
    return keys.length;
  }

  /**
   * The numbers of a text's n-grams, each once, ascending.
   *
   * @param ids token ids, {@code [time]}
   */
  public int[] of(int[] ids) {
    int[] found = new int[LONGEST * ids.length];
    Cursor cursor = new Cursor(found);
    forEachKey(ids, cursor);
    return cursor.distinct();
  }

  /**
   * Finds the places of a text's n-grams, an n-gram as often as it occurs.
   *
   * @param ids token ids, {@code [time]}
   * @param sink takes them, by their first tokens and, from one place, the shortest first
   */
  public void forEach(int[] ids, Sink sink) {
    forEachKey(
        ids,
        (key, first, tokens) -> {
          int number = number(key);
          if (number >= 0) {
            sink.ngram(number, first, tokens);
          }
        });
  }

  /** Takes the n-grams of a text with their places. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes one.
     *
     * @param number of the n-gram
     * @param first index of its first token
     * @param tokens how many it has
     */
    void ngram(int number, int first, int tokens);
  }

  /** The number of a key, or -1 for an unknown one. */
  private int number(long key) {
    if ((filter[word(key)] & bit(key)) == 0) {
      return -1;
    }
    int slot = slot(key);
    return slots[slot] == key ? numbers[slot] : -1;
  }

  /** Collects the numbers of keys that are known. */
  private final class Cursor implements KeySink {
    private final int[] found;
    private int count;

    Cursor(int[] found) {
      this.found = found;
    }

    @Override
    public void key(long key, int first, int tokens) {
      int number = number(key);
      if (number >= 0) {
        found[count++] = number;
      }
    }

    int[] distinct() {
      Arrays.sort(found, 0, count);
      int kept = 0;
      for (int i = 0; i < count; i++) {
        if (i == 0 || found[i] != found[i - 1]) {
          found[kept++] = found[i];
        }
      }
      return Arrays.copyOf(found, kept);
    }
  }

  /** Takes keys, each with the index of its first token and how many tokens it has. */
  @FunctionalInterface
  private interface KeySink {
    void key(long key, int first, int tokens);
  }

  private static void forEachKey(int[] ids, KeySink sink) {
    for (int first = 0; first < ids.length; first++) {
      long key = 0;
      for (int last = first; last < Math.min(first + LONGEST, ids.length); last++) {
        if (ids[last] <= Vocabulary.UNKNOWN) {
          break;
        }
        key = key << ID_BITS | ids[last];
        sink.key(key, first, last - first + 1);
      }
    }
  }

  /** Where a key is, or the free slot that ends the search for it. */
  private int slot(long key) {
    int mask = slots.length - 1;
    int slot = hash(key) & mask;
    while (slots[slot] != 0 && slots[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Which number of the filter has a key's bit. */
  private int word(long key) {
    return hash(key) >>> 6 & (filter.length - 1);
  }

  private static long bit(long key) {
    return 1L << hash(key);
  }

  private static int hash(long key) {
    long hash = key * 0x9E3779B97F4A7C15L; // 2^64 divided by the golden ratio
    return (int) (hash >>> Integer.SIZE);
  }

  /**
   * Reads what {@link #bytes} gives: UTF-8, an n-gram a line, its tokens apart by a blank.
   *
   * @param file that the bytes are of, for messages
   * @throws InvalidInputException where there are too many, before anything is made of them; naming
   *     the line that is no n-gram of known tokens, or repeats one
   */
  public static Ngrams parse(Path file, byte[] bytes, Vocabulary vocabulary) {
    requireVocabulary(vocabulary.size());
    int lines = lines(bytes);
    if (lines > MAXIMUM_SIZE) {
      throw new InvalidInputException(
          "n-grams %s: has %d lines, but may have %d at most".formatted(file, lines, MAXIMUM_SIZE));
    }
    String text = decode(file, bytes);
    LongList keys = new LongList();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        throw invalid(file, keys.size(), "has no line end; the file seems cut short");
      }
      keys.add(key(file, keys.size(), text.substring(start, end), vocabulary));
      start = end + 1;
    }
    Ngrams ngrams = new Ngrams(keys.toArray());
    ngrams.requireDistinct(file);
    return ngrams;
  }

  /**
   * Checks that the n-grams of a vocabulary can be told apart.
   *
   * @throws InvalidInputException where it is too large
   */
  public static void requireVocabulary(int size) {
    if (size > MAXIMUM_VOCABULARY) {
      throw new InvalidInputException(
          "n-grams: the vocabulary has %d tokens, but may have %d at most; make it smaller or leave out the n-grams"
              .formatted(size, MAXIMUM_VOCABULARY));
    }
  }

  /**
   * Checks how many n-grams a model is to have at most.
   *
   * @throws InvalidInputException where that is too many
   */
  public static void requireSize(int size) {
    if (size > MAXIMUM_SIZE) {
      throw new InvalidInputException(
          "training: ngrams is %d, but must be at most %d".formatted(size, MAXIMUM_SIZE));
    }
  }

  private static int lines(byte[] bytes) {
    int lines = 0;
    for (byte one : bytes) {
      lines += one == '\n' ? 1 : 0;
    }
    return lines;
  }

  private static String decode(Path file, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidInputException("n-grams %s: is not valid UTF-8".formatted(file), e);
    }
  }

  private static long key(Path file, int number, String line, Vocabulary vocabulary) {
    String[] tokens = line.split(" ", -1);
    if (tokens.length > LONGEST) {
      throw invalid(
          file, number, "has %d tokens, but may have %d".formatted(tokens.length, LONGEST));
    }
    long key = 0;
    for (String token : tokens) {
      int id = vocabulary.id(token);
      if (id <= Vocabulary.UNKNOWN) {
        throw invalid(file, number, "has '%s', which is not in the vocabulary".formatted(token));
      }
      key = key << ID_BITS | id;
    }
    return key;
  }

  private void requireDistinct(Path file) {
    for (int number = 0; number < keys.length; number++) {
      int last = numbers[slot(keys[number])];
      if (last != number) {
        throw invalid(file, last, "repeats line %d".formatted(number + 1));
      }
    }
  }

  private static InvalidInputException invalid(Path file, int number, String problem) {
    return new InvalidInputException(
        "n-grams %s, line %d: %s".formatted(file, number + 1, problem));
  }

  /** The file that {@link #parse} reads. */
  public byte[] bytes(Vocabulary vocabulary) {
    StringBuilder lines = new StringBuilder();
    for (long key : keys) {
      for (int shift = ID_BITS * (LONGEST - 1); shift >= 0; shift -= ID_BITS) {
        int id = (int) (key >>> shift) & (MAXIMUM_VOCABULARY - 1);
        if (id != 0) {
          lines.append(vocabulary.token(id)).append(shift == 0 ? '\n' : ' ');
        }
      }
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Bytes of the table. */
  public long memoryBytes() {
    return (long) (keys.length + slots.length + filter.length) * Long.BYTES
        + (long) numbers.length * Integer.BYTES;
  }

  /** A growing array. */
  private static final class LongList {
    private long[] values = new long[64];
    private int size;

    void add(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, Math.multiplyExact(size, 2));
      }
      values[size++] = value;
    }

    int size() {
      return size;
    }

    long[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }
}
