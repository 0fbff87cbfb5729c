package io.sentimentstreams.model;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.LayerSpec.GlobalMaxAveragePool;
import io.sentimentstreams.model.LayerSpec.GlobalMaxPool;
import io.sentimentstreams.model.LayerSpec.GlobalPool;
import io.sentimentstreams.model.RecurrentSpec.Bidirectional;
import io.sentimentstreams.model.RecurrentSpec.Lstm;
import io.sentimentstreams.model.WeightedSpec.Conv1d;
import io.sentimentstreams.model.WeightedSpec.Dense;
import io.sentimentstreams.model.WeightedSpec.Embedding;
import io.sentimentstreams.text.TextSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A network that labels text: layers from token ids {@code [batch, time]} to class probabilities
 * {@code [batch, labels]}. Each result depends on its own text alone, never on the other texts of
 * the batch.
 *
 * @param layers the first an embedding, the last a dense layer of softmax or of one sigmoid unit,
 *     each fit for the output of the one before
 */
@JsonSerialize(using = NetworkJson.Writer.class)
@JsonDeserialize(using = NetworkJson.Reader.class)
public record NetworkSpec(List<LayerSpec> layers) {
  public NetworkSpec {
    layers = List.copyOf(layers);
    List<LayerSpec> checked = layers;
    NetworkRules.require(layers, index -> "network: " + place(checked, index));
  }

  /** Where a layer stands, for messages: {@code layer 2 (conv1d)}. */
  static String place(List<LayerSpec> layers, int index) {
    return "layer %d (%s)".formatted(index + 1, layers.get(index).type());
  }

  /**
   * Embedding, a forward and a backward LSTM, both directions side by side, pooled over time,
   * softmax.
   *
   * @param embeddingSize length of a token's embedding vector
   * @param units LSTM units of each direction
   * @param pooling over time
   */
  public static NetworkSpec biLstm(int embeddingSize, int units, Pooling pooling) {
    return new NetworkSpec(
        List.of(
            new Embedding(embeddingSize, true, true),
            new Bidirectional(new Lstm(units, true, 0, 0)),
            pool(pooling),
            new Dense(0, LayerActivation.SOFTMAX)));
  }

  /**
   * Embedding, convolution over time, relu, pooled over time, an optional dense relu layer,
   * softmax.
   *
   * @param embeddingSize length of a token's embedding vector
   * @param filters number of filters
   * @param width tokens that a filter spans
   * @param pooling over time
   * @param hidden units of the dense layer, 0 for none
   */
  public static NetworkSpec conv1d(
      int embeddingSize, int filters, int width, Pooling pooling, int hidden) {
    List<LayerSpec> layers = new ArrayList<>();
    layers.add(new Embedding(embeddingSize, true, true));
    layers.add(new Conv1d(filters, width, ConvolutionPadding.SAME, LayerActivation.RELU));
    layers.add(pool(pooling));
    if (hidden != 0) {
      layers.add(new Dense(hidden, LayerActivation.RELU));
    }
    layers.add(new Dense(0, LayerActivation.SOFTMAX));
    return new NetworkSpec(layers);
  }

  private static GlobalPool pool(Pooling pooling) {
    return switch (pooling) {
      case MAX -> new GlobalMaxPool();
      case MAX_AND_MEAN -> new GlobalMaxAveragePool();
    };
  }

  /** The same network with an embedding that training does not change. */
  public NetworkSpec withFrozenEmbedding() {
    List<LayerSpec> frozen = new ArrayList<>(layers);
    frozen.set(0, new Embedding(embedding().size(), embedding().maskZero(), false));
    return new NetworkSpec(frozen);
  }

  /** The first layer. */
  public Embedding embedding() {
    return (Embedding) layers.get(0);
  }

  /** The last layer. */
  public Dense output() {
    return (Dense) layers.get(layers.size() - 1);
  }

  /** Length of a token's embedding vector. */
  public int embeddingSize() {
    return embedding().size();
  }

  /**
   * What kind of network it is, in a word: its convolutions and recurrent layers, such as {@code
   * bilstm} or {@code conv1d-gru}.
   */
  public String code() {
    List<String> parts = new ArrayList<>();
    for (LayerSpec layer : layers) {
      Optional<String> part = part(layer);
      if (part.isPresent() && !parts.contains(part.get())) {
        parts.add(part.get());
      }
    }
    return parts.isEmpty() ? "dense" : String.join("-", parts);
  }

  private static Optional<String> part(LayerSpec layer) {
    if (layer instanceof Bidirectional both) {
      return Optional.of("bi" + both.layer().type());
    }
    return layer instanceof RecurrentSpec || layer instanceof Conv1d
        ? Optional.of(layer.type())
        : Optional.empty();
  }

  /** The layers' names, as their tensors bear them: {@code conv1d_2} is the second convolution. */
  List<String> names() {
    List<String> bases = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (LayerSpec layer : layers) {
      String base = bases.size() == layers.size() - 1 ? "output" : layer.tensorName();
      bases.add(base);
      long number = bases.stream().filter(base::equals).count();
      names.add(number == 1 ? base : base + "_" + number);
    }
    return names;
  }

  /**
   * The shape of each layer's output for a text.
   *
   * @throws InvalidInputException where a layer does not fit these sizes
   */
  public List<LayerShape> shapes(NetworkSize size) {
    return NetworkRules.shapes(layers, size, place("network: "));
  }

  /**
   * Checks that the network reads what text settings give.
   *
   * @throws InvalidInputException where it does not
   */
  public void requireText(TextSettings text) {
    NetworkRules.requireText(this, text);
  }

  /**
   * Checks that the network has an output for each label.
   *
   * @throws InvalidInputException where it has not
   */
  public void requireLabels(Labels labels) {
    NetworkRules.requireLabels(this, labels.size());
  }

  IntFunction<String> place(String prefix) {
    return index -> prefix + place(layers, index);
  }
}
