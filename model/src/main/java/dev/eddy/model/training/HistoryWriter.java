package dev.eddy.model.training;

import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.model.spec.RawInput;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes one history file: observations grouped by key, within each key in the file's order. The
 * file is readable only once closed. Holds the keys and the distinct strings in memory, never the
 * observations. Confined to one thread.
 *
 * <p>Layout, big-endian: magic, rows of fixed length (time, numeric features, codes of the
 * categorical features, code of the label), the index (keys with offset and length, then the
 * distinct strings), the index's offset. A code of -1 is a missing value.
 */
public final class HistoryWriter implements Closeable {
  static final long MAGIC = 0x4564647948697331L; // "EddyHis1"

  private final Path file;
  private final FeatureSchema schema;
  private final HistoryOrder order;
  private final DataOutputStream out;
  private final Map<String, Integer> codes = new LinkedHashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final List<KeyEntry> keys = new ArrayList<>();
  private long rows;
  private long lastTime;

  /** A key's place in the file; its end is the next one's start. */
  private record KeyEntry(String key, long firstRow) {}

  /**
   * Starts a new file, replacing one of that name.
   *
   * @param schema the fields of every observation to come
   * @param order of each key's observations
   */
  public HistoryWriter(Path file, FeatureSchema schema, HistoryOrder order) throws IOException {
    this.file = file;
    this.schema = schema;
    this.order = order;
    this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
    out.writeLong(MAGIC);
  }

  /** Starts a new file of observations in time order. */
  public HistoryWriter(Path file, FeatureSchema schema) throws IOException {
    this(file, schema, HistoryOrder.EVENT_TIME);
  }

  /** The length of one row in bytes. */
  static int rowBytes(FeatureSchema schema) {
    return Long.BYTES
        + Float.BYTES * schema.numeric().size()
        + Integer.BYTES * (schema.categorical().size() + 1);
  }

  /**
   * Starts the observations of a key.
   *
   * @throws IllegalArgumentException if the key was written before
   */
  public void startKey(String key) {
    Require.that(seen.add(key), file + ": key " + key, "twice", "one run of rows");
    keys.add(new KeyEntry(key, rows));
    lastTime = Long.MIN_VALUE;
  }

  /**
   * Appends the next observation of the key.
   *
   * @param label its class; null if unknown
   * @throws IllegalArgumentException if it does not fit the schema, or in time order is older than
   *     the one before
   */
  public void append(RawInput input, @Nullable String label) throws IOException {
    check(input);
    lastTime = input.time();
    out.writeLong(input.time());
    for (float value : input.numeric()) {
      out.writeFloat(value);
    }
    for (String category : input.categories()) {
      out.writeInt(code(category));
    }
    out.writeInt(code(label));
    rows++;
  }

  private void check(RawInput input) {
    boolean fits =
        input.numeric().length == schema.numeric().size()
            && input.categories().length == schema.categorical().size();
    boolean inOrder = order == HistoryOrder.ARRIVAL || input.time() >= lastTime;
    if (!keys.isEmpty() && fits && inOrder) {
      return; // words are for what goes wrong only: this is called for every observation
    }
    Require.that(!keys.isEmpty(), file.toString(), "a row", "a key first");
    Require.that(
        fits,
        file.toString(),
        input.numeric().length + " numeric, " + input.categories().length + " categorical values",
        "as in " + schema);
    Require.that(
        false,
        file + ": key " + keys.get(keys.size() - 1).key() + ": time",
        input.time(),
        "no earlier than the row before, " + lastTime);
  }

  @Override
  public void close() throws IOException {
    try (out) {
      out.writeInt(keys.size());
      for (KeyEntry entry : keys) {
        writeText(entry.key());
        out.writeLong(entry.firstRow());
      }
      out.writeLong(rows);
      out.writeInt(codes.size());
      for (String text : codes.keySet()) {
        writeText(text);
      }
      out.writeLong(Long.BYTES + rows * rowBytes(schema));
    }
  }

  private int code(@Nullable String text) {
    if (text == null) {
      return -1;
    }
    Integer known = codes.putIfAbsent(text, codes.size());
    return known == null ? codes.size() - 1 : known;
  }

  private void writeText(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
