package io.sentimentstreams.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.LayerSpec.Dropout;
import io.sentimentstreams.model.LayerSpec.GlobalMaxAveragePool;
import io.sentimentstreams.model.LayerSpec.GlobalMaxPool;
import io.sentimentstreams.model.RecurrentSpec.Bidirectional;
import io.sentimentstreams.model.RecurrentSpec.Lstm;
import io.sentimentstreams.model.WeightedSpec.Conv1d;
import io.sentimentstreams.model.WeightedSpec.Dense;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The two networks that a bundle of format 1 can hold, and that the backends have special code for;
 * both end in softmax and mask the padding.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = NetworkForm.BiLstm.class, name = "bilstm"),
  @JsonSubTypes.Type(value = NetworkForm.Conv1dPool.class, name = "conv1d")
})
sealed interface NetworkForm {
  /** See {@link NetworkSpec#biLstm}. */
  record BiLstm(int embeddingSize, int units, Pooling pooling) implements NetworkForm {
    @Override
    public NetworkSpec spec() {
      return NetworkSpec.biLstm(embeddingSize, units, pooling);
    }
  }

  /** See {@link NetworkSpec#conv1d}. */
  record Conv1dPool(int embeddingSize, int filters, int width, Pooling pooling, int hidden)
      implements NetworkForm {
    @Override
    public NetworkSpec spec() {
      return NetworkSpec.conv1d(embeddingSize, filters, width, pooling, hidden);
    }
  }

  /** How the tokens' features become the text's. */
  Pooling pooling();

  /** The network as a list of layers. */
  NetworkSpec spec();

  /** The form of a network that computes what one of the two does, dropout left out. */
  static Optional<NetworkForm> of(NetworkSpec network) {
    List<LayerSpec> layers =
        network.layers().stream().filter(layer -> !(layer instanceof Dropout)).toList();
    boolean fits =
        network.embedding().maskZero()
            && network.output().activation() == LayerActivation.SOFTMAX
            && layers.size() >= 4;
    Optional<Pooling> pooling = fits ? pooling(layers.get(2)) : Optional.empty();
    return pooling.flatMap(of -> form(network.embeddingSize(), layers, of));
  }

  private static Optional<NetworkForm> form(int size, List<LayerSpec> layers, Pooling pooling) {
    if (layers.size() == 4
        && layers.get(1) instanceof Bidirectional both
        && both.layer() instanceof Lstm lstm) {
      return Optional.of(new BiLstm(size, lstm.units(), pooling));
    }
    if (layers.get(1) instanceof Conv1d conv
        && conv.padding() == ConvolutionPadding.SAME
        && conv.activation() == LayerActivation.RELU) {
      return hidden(layers.subList(3, layers.size() - 1))
          .map(hidden -> new Conv1dPool(size, conv.filters(), conv.width(), pooling, hidden));
    }
    return Optional.empty();
  }

  private static Optional<Integer> hidden(List<LayerSpec> between) {
    if (between.isEmpty()) {
      return Optional.of(0);
    }
    return between.size() == 1
            && between.get(0) instanceof Dense dense
            && dense.activation() == LayerActivation.RELU
        ? Optional.of(dense.units())
        : Optional.empty();
  }

  private static Optional<Pooling> pooling(LayerSpec layer) {
    if (layer instanceof GlobalMaxPool) {
      return Optional.of(Pooling.MAX);
    }
    return layer instanceof GlobalMaxAveragePool
        ? Optional.of(Pooling.MAX_AND_MEAN)
        : Optional.empty();
  }

  /** Why special code cannot compute a network, in words that follow its name, or null. */
  static @Nullable String obstacle(NetworkSpec network) {
    return of(network).isPresent()
        ? null
        : "does not cover this network (%s)".formatted(network.code());
  }

  /**
   * The form of a network.
   *
   * @throws InvalidInputException where it has none, for what serves only these
   */
  static NetworkForm require(NetworkSpec network) {
    return of(network)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "network %s: only dl4j computes it; it is neither embedding, bidirectional lstm, pooling, softmax nor embedding, conv1d of relu and padding same, pooling, softmax"
                        .formatted(network.code())));
  }
}
