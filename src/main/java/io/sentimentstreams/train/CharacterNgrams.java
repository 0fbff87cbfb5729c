package io.sentimentstreams.train;

import io.sentimentstreams.text.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The n-grams of characters of a vocabulary's words, numbered from 0, so that words that look alike
 * share what is learned of them. A word begins and ends with a blank, as with scikit-learn's {@code
 * char_wb}; special tokens such as {@code <url>} have none.
 */
final class CharacterNgrams {
  private static final int SHORTEST = 2;

  private final int[][] ofWord; // [token id][i]
  private final int size;

  private CharacterNgrams(int[][] ofWord, int size) {
    this.ofWord = ofWord;
    this.size = size;
  }

  /**
   * Those of a vocabulary.
   *
   * @param longest code units of the longest; below {@value #SHORTEST} there are none at all
   */
  static CharacterNgrams of(Vocabulary vocabulary, int longest) {
    Map<String, Integer> numbers = new HashMap<>();
    int[][] ofWord = new int[vocabulary.size()][];
    for (int id = 0; id < ofWord.length; id++) {
      List<Integer> own = new ArrayList<>();
      if (id > Vocabulary.UNKNOWN && !isSpecial(vocabulary.token(id))) {
        String word = " " + vocabulary.token(id) + " ";
        for (int length = SHORTEST; length <= Math.min(longest, word.length()); length++) {
          for (int from = 0; from + length <= word.length(); from++) {
            own.add(
                numbers.computeIfAbsent(
                    word.substring(from, from + length), ngram -> numbers.size()));
          }
        }
      }
      ofWord[id] = own.stream().mapToInt(Integer::intValue).toArray();
    }
    return new CharacterNgrams(ofWord, numbers.size());
  }

  private static boolean isSpecial(String token) {
    return token.length() > 2 && token.startsWith("<") && token.endsWith(">");
  }

  /** How many there are. */
  int size() {
    return size;
  }

  /** The numbers of a word's, each as often as it is in the word. Not to be written to. */
  int[] of(int tokenId) {
    return ofWord[tokenId];
  }
}
