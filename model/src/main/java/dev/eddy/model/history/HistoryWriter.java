package dev.eddy.model.history;

import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.model.spec.RawFuture;
import dev.eddy.model.spec.RawFutureUpdate;
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
 * <p>Layout, big-endian: magic, entries, the index (keys with their first byte and number of rows,
 * where the entries end, then the distinct strings), the index's offset. An entry begins with its
 * kind: a row (time, numeric features, codes of the categorical features, code of the label, the
 * record's Kafka timestamp), a row that ends with a future, or a future update (time, future). A
 * future is the number of its values, then for each when, feature, value. A code of -1 is a missing
 * value.
 */
public final class HistoryWriter implements Closeable {
  static final long MAGIC = 0x4564647948697334L; // "EddyHis4"

  static final byte ROW = 0;
  static final byte ROW_WITH_FUTURE = 1;
  static final byte FUTURE_UPDATE = 2;

  /** Bytes of each of a future's values. */
  static final int VALUE_BYTES = Long.BYTES + Short.BYTES + Double.BYTES;

  private final Path file;
  private final FeatureSchema schema;
  private final HistoryOrder order;
  private final int rowBytes;
  private final DataOutputStream out;
  private final Map<String, Integer> codes = new LinkedHashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final List<KeyEntry> keys = new ArrayList<>();
  private long bytes = Long.BYTES; // of entries, with the magic
  private long lastTime;

  /** A key's place in the file; its end is the next one's start. */
  private static final class KeyEntry {
    final String key;
    final long firstByte;
    int rows;

    KeyEntry(String key, long firstByte) {
      this.key = key;
      this.firstByte = firstByte;
    }
  }

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
    this.rowBytes = rowBytes(schema);
    this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
    out.writeLong(MAGIC);
  }

  /** Starts a new file of observations in time order. */
  public HistoryWriter(Path file, FeatureSchema schema) throws IOException {
    this(file, schema, HistoryOrder.EVENT_TIME);
  }

  /** The length in bytes of a row after its kind, without a future. */
  static int rowBytes(FeatureSchema schema) {
    return 2 * Long.BYTES
        + Double.BYTES * schema.numeric().size()
        + Integer.BYTES * (schema.categorical().size() + 1);
  }

  /**
   * Starts the observations of a key.
   *
   * @throws IllegalArgumentException if the key was written before
   */
  public void startKey(String key) {
    if (!seen.add(key)) {
      throw new IllegalArgumentException(
          file + ": key " + key + ": twice (must be one run of rows)");
    }
    keys.add(new KeyEntry(key, bytes));
    lastTime = Long.MIN_VALUE;
  }

  /** Appends the next observation of the key, of a record without a Kafka timestamp. */
  public void append(RawInput input, @Nullable String label) throws IOException {
    append(input, label, KeyHistory.NO_RECORD_TIME);
  }

  /**
   * Appends the next observation of the key.
   *
   * @param label its class; null if unknown
   * @param recordTime its record's Kafka timestamp
   * @throws IllegalArgumentException if it does not fit the schema, or in time order is older than
   *     the one before
   */
  public void append(RawInput input, @Nullable String label, long recordTime) throws IOException {
    check(input);
    lastTime = input.time();
    boolean hasFuture = input.future().size() > 0;
    out.writeByte(hasFuture ? ROW_WITH_FUTURE : ROW);
    out.writeLong(input.time());
    for (double value : input.numeric()) {
      out.writeDouble(value);
    }
    for (String category : input.categories()) {
      out.writeInt(code(category));
    }
    out.writeInt(code(label));
    out.writeLong(recordTime);
    bytes += 1 + rowBytes;
    keys.get(keys.size() - 1).rows++;
    if (hasFuture) {
      writeFuture(input.future());
    }
  }

  /**
   * Appends what has become known of the key's future after its last row.
   *
   * @throws IllegalStateException if the key has no row yet
   */
  public void append(RawFutureUpdate futureUpdate) throws IOException {
    boolean hasRow = !keys.isEmpty() && keys.get(keys.size() - 1).rows > 0;
    if (!hasRow) {
      throw new IllegalStateException(
          file + ": a future update (must come after a row of its key)");
    }
    out.writeByte(FUTURE_UPDATE);
    out.writeLong(futureUpdate.time());
    bytes += 1 + Long.BYTES;
    writeFuture(futureUpdate.future());
  }

  private void writeFuture(RawFuture future) throws IOException {
    out.writeInt(future.size());
    for (int i = 0; i < future.size(); i++) {
      out.writeLong(future.when()[i]);
      out.writeShort(future.features()[i]);
      out.writeDouble(future.values()[i]);
    }
    bytes += Integer.BYTES + (long) future.size() * VALUE_BYTES;
  }

  private void check(RawInput input) {
    boolean fits =
        input.numeric().length == schema.numeric().size()
            && input.categories().length == schema.categorical().size();
    boolean inOrder = order == HistoryOrder.ARRIVAL || input.time() >= lastTime;
    if (!keys.isEmpty() && fits && inOrder) {
      return; // words are for what goes wrong only: this is called for every observation
    }
    if (keys.isEmpty()) {
      throw new IllegalStateException(file + ": a row (must come after its key)");
    }
    String place = file + ": key " + keys.get(keys.size() - 1).key;
    if (!fits) {
      throw new IllegalArgumentException(
          place
              + ": "
              + input.numeric().length
              + " numeric, "
              + input.categories().length
              + " categorical values (must be as in "
              + schema
              + ")");
    }
    throw new IllegalArgumentException(
        place
            + ": time: "
            + input.time()
            + " (must be no earlier than the row before, "
            + lastTime
            + ")");
  }

  @Override
  public void close() throws IOException {
    try (out) {
      out.writeInt(keys.size());
      for (KeyEntry entry : keys) {
        writeText(entry.key);
        out.writeLong(entry.firstByte);
        out.writeInt(entry.rows);
      }
      out.writeLong(bytes);
      out.writeInt(codes.size());
      for (String text : codes.keySet()) {
        writeText(text);
      }
      out.writeLong(bytes);
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
