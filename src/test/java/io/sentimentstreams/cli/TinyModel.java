package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Generated texts that one word decides, and a model trained on them within seconds. */
final class TinyModel {
  static final List<String> LABELS = List.of("negative", "neutral", "positive");

  private static final List<List<String>> TELLING =
      List.of(
          List.of("awful", "sad", "broken"),
          List.of("gate", "ticket", "train"),
          List.of("great", "happy", "lovely"));
  private static final List<String> FILLERS =
      List.of("the", "a", "my", "our", "this", "was", "is", "and", "today", "it", "there");

  private TinyModel() {}

  /** The label of the text of this number. */
  static String label(int number) {
    return LABELS.get(number % LABELS.size());
  }

  /** The text of this number, with the words that tell its label. */
  static String text(int number) {
    Random random = new Random(number);
    List<String> telling = TELLING.get(number % LABELS.size());
    StringBuilder text = new StringBuilder();
    int length = 2 + random.nextInt(8);
    for (int i = 0; i < length; i++) {
      text.append(FILLERS.get(random.nextInt(FILLERS.size()))).append(' ');
      text.append(i < 2 ? telling.get(random.nextInt(telling.size())) + " " : "");
    }
    return text.append(number).toString();
  }

  /** A CSV file of labelled texts. */
  static Path data(Path folder) throws IOException {
    StringBuilder csv = new StringBuilder("text,label\n");
    for (int i = 0; i < 600; i++) {
      csv.append(text(i)).append(',').append(label(i)).append('\n');
    }
    return Files.writeString(folder.resolve("tiny.csv"), csv);
  }

  /** Trains by the command, as a user does. */
  static TestShell train(Path data, Path out, String... more) {
    TestShell shell = new TestShell();
    String[] arguments = {
      "train",
      "--data=" + data,
      "--preset=tweets-conv1d",
      "--epochs=4",
      "--learning-rate=0.005",
      "--test=0.1",
      "--out=" + out
    };
    String[] all = new String[arguments.length + more.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    assertThat(shell.run(all)).as(shell.err()).isZero();
    return shell;
  }
}
