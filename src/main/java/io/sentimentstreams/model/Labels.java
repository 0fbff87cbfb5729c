package io.sentimentstreams.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.sentimentstreams.InvalidInputException;
import java.util.List;

/**
 * A model's classes. Their order is the order of the network's outputs, and stands only here.
 *
 * @param names two or more, distinct
 */
public record Labels(@JsonValue List<String> names) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Labels {
    names = List.copyOf(names);
    if (names.size() < 2 || names.stream().distinct().count() != names.size()) {
      throw new InvalidInputException(
          "labels: %s, but two or more distinct labels are needed".formatted(names));
    }
    names.forEach(name -> Checks.notBlank("labels: a name", name));
  }

  public int size() {
    return names.size();
  }

  public String name(int index) {
    return names.get(index);
  }

  /** The label's index in the network's outputs, -1 where the model does not know it. */
  public int indexOf(String name) {
    return names.indexOf(name);
  }
}
