package io.sentimentstreams.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sentimentstreams.text.Texts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The public data sets, where the environment variable SENTIMENT_DATA names their folder. */
class RealDataTest {
  private static Path data(String name) {
    String folder = System.getenv("SENTIMENT_DATA");
    assumeTrue(folder != null, "SENTIMENT_DATA names no folder of data sets");
    Path file = Path.of(folder, name);
    assumeTrue(Files.isReadable(file), () -> file + " is not there");
    return file;
  }

  private static Map<String, Long> counts(List<LabelledText> texts) {
    return texts.stream()
        .collect(Collectors.groupingBy(LabelledText::label, Collectors.counting()));
  }

  @Test
  void read_airline_givesEveryTweetWithoutArtefacts() {
    Corpus corpus = CorpusReader.read(CorpusSource.of(data("airline/Tweets.csv.gz")));

    assertThat(counts(corpus.texts()))
        .isEqualTo(Map.of("negative", 7355L, "neutral", 2482L, "positive", 1894L));
    assertThat(corpus.skippedRows()).isZero();
    assertThat(corpus.texts())
        .noneMatch(text -> text.text().matches("(?s).*(Cancelled|Late) Flight.*|.*&amp;.*"));
    assertThat(corpus.texts()).anyMatch(text -> text.text().contains("cancelled"));
  }

  @Test
  void split_airline_keepsSameTextsTogether() {
    Corpus corpus = CorpusReader.read(CorpusSource.of(data("airline/Tweets.csv.gz")));
    Split split = Splitter.split(corpus, 0.15, 0, 7, Texts::normalised);

    assertThat(split.training().size() + split.validation().size()).isEqualTo(11_731);
    assertThat(counts(split.validation()))
        .isEqualTo(Map.of("negative", 1103L, "neutral", 372L, "positive", 284L));
  }

  @Test
  void split_imdb_hasEveryReviewAndNoFilmOnBothSides() {
    Corpus corpus = CorpusReader.read(CorpusSource.of(data("imdb/aclImdb_train.tar.gz")));
    assertThat(counts(corpus.texts())).isEqualTo(Map.of("negative", 12_500L, "positive", 12_500L));
    assertThat(corpus.texts()).allMatch(text -> text.group() != null);
    assertThat(films(corpus.texts())).hasSize(3456);
    assertThat(corpus.texts()).noneMatch(text -> text.text().contains("<br />"));

    Split split = Splitter.split(corpus, 0.1, 0.1, 7, Texts::normalised);

    assertThat(films(split.training())).doesNotContainAnyElementsOf(films(split.validation()));
    assertThat(films(split.training())).doesNotContainAnyElementsOf(films(split.test()));
    assertThat(films(split.validation())).doesNotContainAnyElementsOf(films(split.test()));
    assertThat(counts(split.validation())).isEqualTo(Map.of("negative", 1250L, "positive", 1250L));
  }

  @Test
  void read_semeval_readsUnpairedQuotesAndEscapes() {
    Corpus corpus = CorpusReader.read(CorpusSource.of(data("semeval/train_2013_2016.tsv.gz")));

    assertThat(counts(corpus.texts()))
        .isEqualTo(Map.of("neutral", 22_158L, "positive", 19_617L, "negative", 7_711L));
    assertThat(corpus.texts()).noneMatch(text -> text.text().contains("\\u2019"));
  }

  @Test
  void read_sst2_findsItsColumns() {
    Corpus corpus = CorpusReader.read(CorpusSource.of(data("sst2/dev.tsv.gz")));

    assertThat(corpus.texts()).hasSize(872);
    assertThat(corpus.labels()).containsExactly("0", "1");
  }

  @Test
  void read_newsgroups_hasEveryPostOrWhatIsLeftOfIt() {
    Path tar = data("20news/20news-bydate-train.tar.gz");

    Corpus whole = CorpusReader.read(CorpusSource.of(tar));
    Corpus stripped =
        CorpusReader.read(
            new CorpusSource(tar, null, null, null, null, EnumSet.allOf(PostPart.class)));

    assertThat(whole.labels()).hasSize(20).contains("alt.atheism", "talk.religion.misc");
    assertThat(whole.texts()).hasSize(11_314).allMatch(post -> post.text().contains("Subject: "));
    assertThat(stripped.texts().size() + stripped.skippedRows()).isEqualTo(11_314);
    assertThat(stripped.skippedRows()).isBetween(1L, 400L);
    assertThat(stripped.texts()).noneMatch(post -> post.text().contains("\n>"));
  }

  private static Set<String> films(List<LabelledText> texts) {
    return texts.stream()
        .map(text -> String.valueOf(text.group()))
        .collect(Collectors.toCollection(HashSet::new));
  }
}
