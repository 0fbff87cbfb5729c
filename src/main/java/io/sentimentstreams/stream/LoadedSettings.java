package io.sentimentstreams.stream;

import java.util.List;

/**
 * The settings, and where each is from.
 *
 * @param settings for the stream
 * @param shown all that have a value, by key, for people: also those of routes that are left at
 *     their defaults, but not what a route does without, as {@code shadow} or {@code alertBelow}
 */
public record LoadedSettings(StreamSettings settings, List<EffectiveSetting> shown) {
  public LoadedSettings {
    shown = List.copyOf(shown);
  }
}
