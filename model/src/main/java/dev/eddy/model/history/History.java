package dev.eddy.model.history;

import dev.eddy.model.spec.FeatureSchema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The history that a model learns from: files of {@link HistoryWriter}, of which one key at a time
 * is in memory. Keys are sorted, so that the order of files does not matter. Confined to one
 * thread.
 */
public final class History implements Closeable {
  private final List<HistoryReader> files = new ArrayList<>();
  private final Map<String, Place> places = new TreeMap<>();
  private final FeatureSchema schema;

  private record Place(HistoryReader file, int keyIndex) {}

  private History(FeatureSchema schema) {
    this.schema = schema;
  }

  /**
   * Opens files that were written with {@code schema}.
   *
   * @throws IllegalArgumentException if a file is no history file, or two hold the same key
   */
  public static History open(List<Path> files, FeatureSchema schema) throws IOException {
    History history = new History(schema);
    try {
      for (Path file : files) {
        history.add(new HistoryReader(file, schema));
      }
      return history;
    } catch (IOException | RuntimeException e) {
      history.close();
      throw e;
    }
  }

  private void add(HistoryReader file) {
    files.add(file);
    for (int i = 0; i < file.keys().size(); i++) {
      String key = file.keys().get(i);
      Place other = places.put(key, new Place(file, i));
      if (other != null) {
        throw new IllegalArgumentException(
            "key "
                + key
                + ": in "
                + other.file().path()
                + " and "
                + file.path()
                + " (must be one)");
      }
    }
  }

  /** The fields of every observation. */
  public FeatureSchema schema() {
    return schema;
  }

  /** All keys, sorted. */
  public List<String> keys() {
    return List.copyOf(places.keySet());
  }

  /** Number of the key's observations. */
  public int length(String key) {
    Place place = place(key);
    return place.file().length(place.keyIndex());
  }

  /** Reads all observations of the key into memory. */
  public KeyHistory read(String key) throws IOException {
    Place place = place(key);
    return place.file().readKey(place.keyIndex());
  }

  private Place place(String key) {
    Place place = places.get(key);
    if (place == null) {
      throw new IllegalArgumentException("key " + key + ": none (must be a key of the history)");
    }
    return place;
  }

  @Override
  public void close() throws IOException {
    for (HistoryReader file : files) {
      file.close();
    }
  }
}
