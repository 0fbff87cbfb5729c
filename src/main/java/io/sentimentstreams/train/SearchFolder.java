package io.sentimentstreams.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a search keeps: a JSON file for each run that is done, and the running one's checkpoint. */
final class SearchFolder {
  private static final Duration BETWEEN_CHECKPOINTS = Duration.ofMinutes(5);
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private final Path folder;

  SearchFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * What the file of a run holds.
   *
   * @param of data and settings that it was of
   */
  record Entry(Map<String, String> of, SearchResult result) {}

  /**
   * Makes the folder, and checks that no other search's would be overwritten.
   *
   * @param resume whether what it holds is wanted
   */
  void requireUsable(boolean resume) {
    try {
      Files.createDirectories(folder);
      try (var files = Files.list(folder)) {
        if (!resume && files.findAny().isPresent()) {
          throw new InvalidInputException(
              "search %s: holds runs of a search; go on with it by --resume, or delete the folder or choose another by --checkpoint"
                  .formatted(folder));
        }
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "search %s: cannot be made a folder (%s)".formatted(folder, e.getMessage()), e);
    }
  }

  /** Where a run leaves its checkpoints. */
  Checkpoints checkpoints(int run) {
    return new Checkpoints(folder.resolve("run-%04d".formatted(run)), 0, BETWEEN_CHECKPOINTS, true);
  }

  private Path file(int run) {
    return folder.resolve("run-%04d.json".formatted(run));
  }

  /**
   * The result of a run that is done; empty where it is not.
   *
   * @param of data and settings that it must be of
   * @throws InvalidInputException where the file is damaged or of another search
   */
  Optional<SearchResult> result(int run, Map<String, String> of) {
    if (!Files.exists(file(run))) {
      return Optional.empty();
    }
    try {
      Entry entry = JSON.readValue(Files.readString(file(run)), Entry.class);
      String differences = TrainingIdentity.differences(entry.of(), of);
      if (!differences.isEmpty()) {
        throw new InvalidInputException(
            "search %s: run %d is of another search, with %s; give what it was begun with, or another folder by --checkpoint"
                .formatted(folder, run, differences));
      }
      return Optional.of(entry.result());
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          "%s: is damaged; delete it to do the run again".formatted(file(run)), e);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be read (%s)".formatted(file(run), e.getMessage()), e);
    }
  }

  /** Keeps the result of a run; at once, so that a kill leaves no half of it. */
  void keep(SearchResult result, Map<String, String> of) {
    Path file = file(result.run());
    Path fresh = folder.resolve("." + file.getFileName() + ".new");
    try {
      byte[] bytes = JSON.writeValueAsBytes(new Entry(of, result));
      try (FileChannel channel =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      checkpoints(result.run()).delete();
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be written (%s)".formatted(file, e.getMessage()), e);
    }
  }

  /** The runs from the best to the worst; equals in their order. */
  static List<SearchResult> ranked(List<SearchResult> results, Selection measure) {
    return results.stream()
        .sorted((a, b) -> Double.compare(b.merit(measure), a.merit(measure)))
        .toList();
  }
}
