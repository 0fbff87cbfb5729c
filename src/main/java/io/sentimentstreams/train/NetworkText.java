package io.sentimentstreams.train;

import io.sentimentstreams.model.ConvolutionPadding;
import io.sentimentstreams.model.FileDigest;
import io.sentimentstreams.model.LayerActivation;
import io.sentimentstreams.model.LayerSpec;
import io.sentimentstreams.model.LayerSpec.Dropout;
import io.sentimentstreams.model.LayerSpec.Flatten;
import io.sentimentstreams.model.LayerSpec.GlobalAveragePool;
import io.sentimentstreams.model.LayerSpec.GlobalMaxAveragePool;
import io.sentimentstreams.model.LayerSpec.GlobalMaxPool;
import io.sentimentstreams.model.LayerSpec.MaxPool;
import io.sentimentstreams.model.ModelManifest;
import io.sentimentstreams.model.NetworkSpec;
import io.sentimentstreams.model.RecurrentSpec.Bidirectional;
import io.sentimentstreams.model.RecurrentSpec.Cell;
import io.sentimentstreams.model.WeightedSpec.Conv1d;
import io.sentimentstreams.model.WeightedSpec.Dense;
import io.sentimentstreams.model.WeightedSpec.Embedding;
import io.sentimentstreams.model.WeightedSpec.TimeDistributed;
import java.util.Locale;
import java.util.stream.Collectors;

/** A network in a sentence for people. */
public final class NetworkText {
  private NetworkText() {}

  /** The sentence. */
  public static String of(NetworkSpec network) {
    return network.layers().stream()
        .filter(layer -> !(layer instanceof Dropout))
        .map(layer -> layer == network.output() ? output((Dense) layer) : layer(layer))
        .collect(Collectors.joining(", ", "The network: ", "."));
  }

  /** The sentence on a model's network, and one on what stands beside it. */
  public static String of(ModelManifest manifest) {
    String network = of(manifest.model().network());
    return manifest.ngrams().equals(FileDigest.NONE)
        ? network
        : network + " Beside it: scores of n-grams of one to three tokens.";
  }

  private static String layer(LayerSpec layer) {
    if (layer instanceof Embedding embedding) {
      return "word vectors of %d numbers".formatted(embedding.size());
    }
    if (layer instanceof Conv1d conv) {
      return "%d convolution filters over %d tokens each%s%s"
          .formatted(
              conv.filters(),
              conv.width(),
              conv.padding() == ConvolutionPadding.VALID ? " within the text" : "",
              activation(conv.activation()));
    }
    if (layer instanceof Bidirectional both) {
      return "%s that reads forward and another that reads backward%s"
          .formatted(cell(both.layer()), both.sequences() ? "" : ", their last states");
    }
    if (layer instanceof Cell cell) {
      return cell(cell) + (cell.sequences() ? "" : ", its last state");
    }
    if (layer instanceof TimeDistributed each) {
      return "for each token " + dense(each.dense());
    }
    return layer instanceof Dense dense ? dense(dense) : pool(layer);
  }

  private static String cell(Cell cell) {
    String name =
        switch (cell.type()) {
          case "lstm" -> "an LSTM";
          case "gru" -> "a GRU";
          default -> "a simple recurrent layer";
        };
    return "%s of %d units".formatted(name, cell.units());
  }

  private static String dense(Dense dense) {
    return "a dense layer of %d units%s".formatted(dense.units(), activation(dense.activation()));
  }

  private static String pool(LayerSpec layer) {
    if (layer instanceof GlobalMaxPool) {
      return "their largest values over the text";
    }
    if (layer instanceof GlobalAveragePool) {
      return "their means over the text";
    }
    if (layer instanceof GlobalMaxAveragePool) {
      return "their largest values and their means over the text";
    }
    if (layer instanceof MaxPool pool) {
      return "the largest values of every %d steps".formatted(pool.size());
    }
    return layer instanceof Flatten ? "all steps side by side" : layer.type();
  }

  private static String activation(LayerActivation activation) {
    return activation == LayerActivation.LINEAR
        ? ""
        : ", " + activation.name().toLowerCase(Locale.ROOT);
  }

  private static String output(Dense output) {
    return output.activation() == LayerActivation.SOFTMAX ? "softmax" : "one sigmoid unit";
  }
}
