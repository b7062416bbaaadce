package dev.eddy.pipeline.history;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.file.Replay;
import dev.eddy.connectors.file.ReplayProgress;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.serde.ObservationSerializer;
import dev.eddy.connectors.shared.SharedFiles;
import dev.eddy.model.history.HistoryOrder;
import dev.eddy.model.history.HistoryWriter;
import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.shared.SharedFeatures;
import dev.eddy.pipeline.shared.SharedValues;
import dev.eddy.settings.UserMistake;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;

/**
 * Reads a deployment's replay files into history files without a broker, as if they had been
 * replayed: keys are dealt into {@value #BUCKETS} files in the order of the replay, then each of
 * these is grouped by key. So one of them at a time is in memory, never the whole history.
 */
public final class FileHistory implements AutoCloseable {
  private static final int BUCKETS = 32;
  private static final int BUFFER = 1 << 16;
  private static final int MOST_NAMES = 3;

  private final Path folder;
  private final HistoryOrder order;
  private final Optional<SharedValues> shared;
  private final ObservationSerializer serializer = new ObservationSerializer();
  private final List<DataOutputViewStreamWrapper> buckets = new ArrayList<>();
  private final long[] counts = new long[BUCKETS];
  private long oldest = Long.MAX_VALUE;
  private long newest = Long.MIN_VALUE;

  private FileHistory(Path folder, HistoryOrder order, Optional<SharedValues> shared)
      throws IOException {
    this.shared = shared;
    this.folder = folder;
    this.order = order;
    Files.createDirectories(folder);
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      buckets.add(
          new DataOutputViewStreamWrapper(
              new BufferedOutputStream(Files.newOutputStream(dealt(bucket)), BUFFER)));
    }
  }

  /**
   * Reads the files. No row lies too far ahead: it has no Kafka timestamp to be compared with, and
   * what is learned from a file must not depend on the day.
   *
   * @param folder for the history files; created, must be empty
   * @param listener hears of the progress a few times a second
   * @throws UserMistake when the deployment names no files, or they hold no observation
   */
  public static RecordedHistory read(
      Deployment deployment, Path folder, HistoryOrder order, Consumer<ReplayProgress> listener)
      throws IOException {
    ReplaySettings files = deployment.requireReplay().withRate(0);
    Optional<SharedValues> shared =
        deployment.sharedFeatures().map(features -> shared(files, features));
    try (FileHistory history = new FileHistory(folder, order, shared)) {
      ReplayProgress end =
          new Replay(files, history::deal, listener).run(deployment.observationSchema());
      long observations = end.sent();
      if (observations == 0) {
        throw new UserMistake(
            "replay.files: no observations in " + files.files() + " (must hold the history)");
      }
      return new RecordedHistory(
          source(files.files()),
          history.group(deployment.input().featureSchema()),
          observations,
          end.refused(),
          history.oldest,
          history.newest);
    }
  }

  /** By their names alone: where they lie tells nothing of a model's data. */
  private static String source(List<Path> files) {
    String names =
        files.stream()
            .limit(MOST_NAMES)
            .map(file -> String.valueOf(file.getFileName()))
            .collect(Collectors.joining(", ", files.size() == 1 ? "file " : "files ", ""));
    return files.size() > MOST_NAMES ? names + " and others" : names;
  }

  private static SharedValues shared(ReplaySettings files, SharedFeatures features) {
    SharedValues values = new SharedValues(features);
    var unused = SharedFiles.read(files, features.records(), values::add);
    return values;
  }

  private void deal(Observation alone) {
    Observation observation = shared.map(values -> values.join(alone)).orElse(alone);
    int bucket = Math.floorMod(observation.key().hashCode(), BUCKETS);
    try {
      serializer.serialize(observation, buckets.get(bucket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    counts[bucket]++;
    oldest = Math.min(oldest, observation.time());
    newest = Math.max(newest, observation.time());
  }

  private List<Path> group(FeatureSchema schema) throws IOException {
    close();
    List<Path> files = new ArrayList<>();
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      if (counts[bucket] > 0) {
        files.add(group(bucket, schema));
      }
      Files.delete(dealt(bucket));
    }
    return files;
  }

  private Path group(int bucket, FeatureSchema schema) throws IOException {
    Path file = folder.resolve("history-" + bucket);
    try (HistoryWriter writer = new HistoryWriter(file, schema, order)) {
      for (Map.Entry<String, List<Observation>> key : keys(bucket).entrySet()) {
        writer.startKey(key.getKey());
        for (Observation each : key.getValue()) {
          writer.append(HistoryEvents.raw(each), each.label());
        }
      }
    }
    return file;
  }

  private Map<String, List<Observation>> keys(int bucket) throws IOException {
    Map<String, List<Observation>> keys = new TreeMap<>();
    try (DataInputViewStreamWrapper in =
        new DataInputViewStreamWrapper(
            new BufferedInputStream(Files.newInputStream(dealt(bucket)), BUFFER))) {
      for (long i = 0; i < counts[bucket]; i++) {
        Observation observation = serializer.deserialize(in);
        keys.computeIfAbsent(observation.key(), unknown -> new ArrayList<>()).add(observation);
      }
    }
    if (order == HistoryOrder.EVENT_TIME) {
      keys.values().forEach(each -> each.sort(Comparator.comparingLong(Observation::time)));
    }
    return keys;
  }

  private Path dealt(int bucket) {
    return folder.resolve("dealt-" + bucket);
  }

  @Override
  public void close() throws IOException {
    for (DataOutputViewStreamWrapper bucket : buckets) {
      bucket.close();
    }
  }
}
