package io.sentimentstreams.stream;

import java.util.List;

/**
 * The settings, and where each is from.
 *
 * @param settings for the stream
 * @param shown all that have a value of their own, by key, for people: a route's settings only
 *     where they are set
 */
public record LoadedSettings(StreamSettings settings, List<EffectiveSetting> shown) {
  public LoadedSettings {
    shown = List.copyOf(shown);
  }
}
