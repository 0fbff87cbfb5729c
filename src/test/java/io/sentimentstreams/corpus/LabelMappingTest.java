package io.sentimentstreams.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelMappingTest {
  private static final Corpus PHRASES =
      new Corpus(
          "phrases.tsv",
          "0".repeat(64),
          List.of(new LabelledText("dull", "0", null), new LabelledText("fun", "1", "film")),
          3,
          2);

  @Test
  void parse_pairsAndSingleLabels_areNamesByLabel() {
    assertThat(LabelMapping.parse(" 0=negative, 1 = positive,mixed").names())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("0", "negative", "1", "positive", "mixed", "mixed"));
  }

  @Test
  void toString_ofAMapping_isReadAgain() {
    LabelMapping mapping = LabelMapping.parse("0=negative,1=positive");

    assertThat(LabelMapping.parse(mapping.toString())).isEqualTo(mapping);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0=negative,", "0=", "=negative", "0=a=b", " , "})
  void parse_entryThatIsNoPair_isRefusedWithTheForm(String value) {
    assertThatThrownBy(() -> LabelMapping.parse(value))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("--labels", "LABEL=NAME", "0=negative,1=positive");
  }

  @Test
  void parse_labelTwice_isRefused() {
    assertThatThrownBy(() -> LabelMapping.parse("0=negative,0=positive"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("label 0 is there twice");
  }

  @Test
  void mapping_withoutNames_isRefused() {
    assertThatThrownBy(() -> new LabelMapping(Map.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--labels is empty");
  }

  @Test
  void apply_everyLabelNamed_renamesAndKeepsTheRest() {
    Corpus renamed = LabelMapping.parse("0=negative,1=positive,2=neutral").apply(PHRASES);

    List<LabelledText> texts =
        List.of(
            new LabelledText("dull", "negative", null),
            new LabelledText("fun", "positive", "film"));
    assertThat(renamed).isEqualTo(Corpus.of("phrases.tsv", texts, 3, 2));
  }

  @Test
  void apply_labelWithoutName_isRefusedWithTheLabels() {
    assertThatThrownBy(() -> LabelMapping.parse("0=negative,l=positive").apply(PHRASES))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("phrases.tsv", "labels 0, 1", "names 0, l", "not 1", "1=NAME");
  }
}
