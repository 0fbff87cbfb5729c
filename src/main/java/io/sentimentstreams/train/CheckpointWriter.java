package io.sentimentstreams.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.Safetensors;
import io.sentimentstreams.model.Tensor;
import io.sentimentstreams.model.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Writes and reads the checkpoints of one training: safetensors files of 32 bits with the rest of
 * the state as JSON in their metadata. A file is written beside its place and renamed into it, so
 * that a kill leaves the former one or the new one.
 */
final class CheckpointWriter {
  private static final String STATE = "state";
  private static final String OF = "of.";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private final Checkpoints checkpoints;
  private final Map<String, String> identity;
  private final LongSupplier nanoTime;
  private long last;
  private int stepsSince;

  /**
   * A writer.
   *
   * @param identity data and settings of the training by name: a checkpoint of others is refused
   */
  CheckpointWriter(Checkpoints checkpoints, Map<String, String> identity, LongSupplier nanoTime) {
    this.checkpoints = checkpoints;
    this.identity = new LinkedHashMap<>(identity);
    this.nanoTime = nanoTime;
    last = nanoTime.getAsLong();
  }

  /** Counts a step; whether a checkpoint is to be taken after it. */
  boolean isDue() {
    stepsSince++;
    boolean late =
        !checkpoints.time().isZero() && nanoTime.getAsLong() - last >= checkpoints.time().toNanos();
    return late || (checkpoints.steps() > 0 && stepsSince >= checkpoints.steps());
  }

  /** Writes a checkpoint in place of the one before. */
  void save(FitState state, Map<String, INDArray> arrays) {
    Map<String, String> metadata = new LinkedHashMap<>();
    try {
      metadata.put(STATE, JSON.writeValueAsString(state));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a state that is no JSON", e);
    }
    identity.forEach((name, value) -> metadata.put(OF + name, value));
    List<Tensor> tensors =
        arrays.entrySet().stream().map(entry -> tensor(entry.getKey(), entry.getValue())).toList();
    Safetensors.replace(checkpoints.file(), Weights.of(tensors), metadata);
    last = nanoTime.getAsLong();
    stepsSince = 0;
  }

  private static Tensor tensor(String name, INDArray array) {
    float[] values = array.reshape(array.length()).toFloatVector();
    return new Tensor(name, new int[] {values.length}, values);
  }

  /**
   * Puts a training where the newest checkpoint was taken, if there is one and it is wanted.
   *
   * @throws InvalidInputException where it is damaged or of other data or settings
   */
  void restore(NetworkFit fit) {
    if (!checkpoints.resume() || !checkpoints.exists()) {
      return;
    }
    try {
      Map<String, String> metadata = Safetensors.metadata(checkpoints.file());
      requireSame(metadata);
      FitState state = JSON.readValue(metadata.getOrDefault(STATE, ""), FitState.class);
      if (state == null) { // JSON's null.
        throw unusable(null);
      }
      fit.restore(state, Safetensors.read(checkpoints.file()));
    } catch (JsonProcessingException e) {
      throw unusable(e);
    }
  }

  private InvalidInputException unusable(@Nullable Exception cause) {
    return new InvalidInputException(
        "%s: is no checkpoint of a training that this program can go on with; delete it to begin anew"
            .formatted(checkpoints.file()),
        cause);
  }

  private void requireSame(Map<String, String> metadata) {
    Map<String, String> saved = new TreeMap<>();
    metadata.forEach(
        (name, value) -> {
          if (name.startsWith(OF)) {
            saved.put(name.substring(OF.length()), value);
          }
        });
    String differences = TrainingIdentity.differences(saved, identity);
    if (!differences.isEmpty()) {
      throw new InvalidInputException(
          "checkpoint %s: is of another training, with %s; give what it was begun with, or another folder"
              .formatted(checkpoints.folder(), differences));
    }
  }
}
