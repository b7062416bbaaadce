package dev.eddy.pipeline.cli.init;

import dev.eddy.connectors.serde.json.RecordPaths;
import dev.eddy.connectors.serde.value.ValueTokens;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Records laid out as a table, a column for each field however deep, so that what recognises files
 * recognises them, too. A column goes by the last name on its field's path, where no other does.
 */
final class RecordTable {
  /** The column of Kafka keys, where records have some. */
  static final String KAFKA_KEY = "kafka_key";

  private final List<List<String>> rows = new ArrayList<>(); // Kafka key first
  private final Map<String, List<String>> columns = new LinkedHashMap<>(); // paths
  private final ValueTokens tokens;
  private boolean keyed;

  private RecordTable(ValueTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * Lays out records.
   *
   * @param tokens what their values are written in
   */
  static RecordTable of(ValueTokens tokens, List<ConsumerRecord<byte[], byte[]>> records) {
    RecordTable table = new RecordTable(tokens);
    List<ConsumerRecord<byte[], byte[]>> sorted = new ArrayList<>(records);
    sorted.sort(
        Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
            .thenComparingInt(ConsumerRecord::partition)
            .thenComparingLong(ConsumerRecord::offset));
    List<Map<List<String>, RecordPaths.Leaf>> fields = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : sorted) {
      table.read(record, fields, keys);
    }
    table.name(fields);
    for (int i = 0; i < fields.size(); i++) {
      table.rows.add(table.row(keys.get(i), fields.get(i)));
    }
    return table;
  }

  private void read(
      ConsumerRecord<byte[], byte[]> record,
      List<Map<List<String>, RecordPaths.Leaf>> fields,
      List<String> keys) {
    try {
      fields.add(record.value() == null ? Map.of() : RecordPaths.of(tokens, record.value()));
      byte[] key = record.key();
      keyed |= key != null && key.length > 0;
      keys.add(key == null ? "" : new String(key, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return; // no object
    }
  }

  private void name(List<Map<List<String>, RecordPaths.Leaf>> fields) {
    Map<String, Integer> used = new HashMap<>();
    Map<List<String>, Integer> paths = new LinkedHashMap<>();
    fields.forEach(each -> each.keySet().forEach(path -> paths.merge(path, 1, Integer::sum)));
    paths.keySet().forEach(path -> used.merge(last(path), 1, Integer::sum));
    for (List<String> path : paths.keySet()) {
      boolean alone = used.getOrDefault(last(path), 0) == 1 && !last(path).matches("\\d+");
      columns.put(alone ? last(path) : String.join("_", path), path);
    }
  }

  private static String last(List<String> path) {
    return path.get(path.size() - 1);
  }

  private List<String> row(String key, Map<List<String>, RecordPaths.Leaf> fields) {
    List<String> row = new ArrayList<>();
    row.add(key);
    for (List<String> path : columns.values()) {
      RecordPaths.Leaf leaf = fields.get(path);
      row.add(leaf == null ? "" : leaf.text());
    }
    return row;
  }

  /** How many are laid out. */
  int size() {
    return rows.size();
  }

  /** Whether records have Kafka keys. */
  boolean keyed() {
    return keyed;
  }

  /** Where the field of a column lies; empty for that of Kafka keys. */
  Optional<List<String>> path(String column) {
    return Optional.ofNullable(columns.get(column));
  }

  /** Whether the field of some column says in every record what its Kafka key says. */
  boolean repeatsKey() {
    return columns.keySet().stream().anyMatch(this::repeatsKey);
  }

  /** Whether the field of a column says in every record what its Kafka key says. */
  boolean repeatsKey(String column) {
    int at = 1 + List.copyOf(columns.keySet()).indexOf(column);
    return at > 0 && rows.stream().allMatch(row -> row.get(0).equals(row.get(at)));
  }

  /**
   * Writes the table as CSV.
   *
   * @param withKeys whether Kafka keys are a column of it
   */
  void write(Path file, boolean withKeys) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      List<String> header = new ArrayList<>(List.of(KAFKA_KEY));
      header.addAll(columns.keySet());
      line(out, header, withKeys);
      for (List<String> row : rows) {
        line(out, row, withKeys);
      }
    }
  }

  private static void line(BufferedWriter out, List<String> cells, boolean withKeys)
      throws IOException {
    List<String> written = withKeys ? cells : cells.subList(1, cells.size());
    for (int i = 0; i < written.size(); i++) {
      out.write(i == 0 ? "" : ",");
      out.write('"' + written.get(i).replace("\"", "\"\"").replaceAll("\\p{Cntrl}", " ") + '"');
    }
    out.write('\n');
  }
}
