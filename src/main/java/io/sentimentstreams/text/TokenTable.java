package io.sentimentstreams.text;

import java.util.Arrays;

/**
 * Tokens numbered in the order in which they are added, in an open-addressing hash table with
 * linear probing. Looks up by the chars of any {@link CharSequence}, so that a token in a buffer
 * needs no string.
 */
final class TokenTable {
  static final int ABSENT = -1;

  private String[] tokens = new String[1024]; // [number]
  private int[] slots = new int[2048]; // number + 1, or 0 for a free slot; a power of two long
  private int size;

  int size() {
    return size;
  }

  String token(int number) {
    return tokens[number];
  }

  /** The token's number, or {@link #ABSENT}. */
  int find(CharSequence token) {
    return slots[slot(token)] - 1;
  }

  /** The token's number; a new one if it was absent. */
  int findOrAdd(CharSequence token) {
    int slot = slot(token);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    if (size == tokens.length) {
      grow();
      slot = slot(token);
    }
    tokens[size] = token.toString();
    slots[slot] = ++size;
    return size - 1;
  }

  private void grow() {
    tokens = Arrays.copyOf(tokens, 2 * tokens.length);
    slots = new int[2 * slots.length];
    for (int i = 0; i < size; i++) {
      slots[slot(tokens[i])] = i + 1;
    }
  }

  private int slot(CharSequence token) {
    int mask = slots.length - 1;
    int slot = hash(token) & mask;
    while (slots[slot] != 0 && !tokens[slots[slot] - 1].contentEquals(token)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static int hash(CharSequence token) {
    int hash = token.length();
    for (int i = 0; i < token.length(); i++) {
      hash = 31 * hash + token.charAt(i);
    }
    hash *= 0x9E3779B9; // Knuth's multiplicative spreading: 2^32 divided by the golden ratio
    return hash ^ (hash >>> 15);
  }
}
