package dev.eddy.pipeline.check;

import dev.eddy.connectors.event.FieldPath;
import dev.eddy.connectors.event.KeySource;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.serde.avro.RecordFormats;
import dev.eddy.connectors.serde.json.RecordPaths;
import dev.eddy.connectors.serde.value.ValueTokens;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.yaml.Nearest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Do records hold the fields that the deployment names? One that is misspelt is missing in each,
 * and beside it stands one that nobody knows.
 *
 * @param deployment whose fields they are
 * @param records a sample of the observations topic
 */
record FieldsQuestion(Deployment deployment, List<ConsumerRecord<byte[], byte[]>> records)
    implements Question {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int SHOWN = 12; // unknown fields

  @Override
  public void ask(Findings findings) {
    Map<List<String>, Integer> counts = new LinkedHashMap<>();
    int read = 0;
    boolean keyed = false;
    ValueTokens tokens =
        RecordFormats.tokens(deployment.observationSchema().within(PATIENCE).layout().format());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      Set<List<String>> fields = fields(tokens, record.value());
      fields.forEach(field -> counts.merge(field, 1, Integer::sum));
      read += fields.isEmpty() ? 0 : 1;
      keyed |= record.key() != null;
    }
    if (read > 0) {
      compare(counts, read, keyed, findings);
    }
  }

  private static Set<List<String>> fields(ValueTokens tokens, byte[] value) {
    try {
      return value == null ? Set.of() : RecordPaths.of(tokens, value).keySet();
    } catch (IOException e) { // it is a dead letter, and counted as one
      return Set.of();
    }
  }

  private void compare(
      Map<List<String>, Integer> counts, int read, boolean keyed, Findings findings) {
    ObservationSchema schema = deployment.observationSchema();
    boolean keyInValue = !keyed || schema.layout().keySource() == KeySource.VALUE;
    List<List<String>> unknown =
        counts.keySet().stream()
            .filter(path -> schema.names().stream().noneMatch(name -> within(schema, name, path)))
            .sorted(Comparator.comparingInt(path -> -counts.getOrDefault(path, 0)))
            .toList();
    int before = findings.wrong().size() + findings.notes().size();
    for (String name : schema.names()) {
      boolean there = counts.keySet().stream().anyMatch(path -> within(schema, name, path));
      boolean dispensable =
          name.equals("future")
              || (name.equals("key") && !keyInValue)
              || schema.shared().contains(name);
      if (!there && !dispensable) {
        missing(name, read, unknown, findings);
      }
    }
    if (!unknown.isEmpty()) {
      findings.note(place() + ": there and unknown: " + listed(unknown, counts, read));
    }
    if (before == findings.wrong().size() + findings.notes().size()) {
      findings.fine("fields of " + read + " records, all known and all there");
    }
  }

  /** A field may hold an object or a list, as a future does. */
  private static boolean within(ObservationSchema schema, String name, List<String> path) {
    List<String> field = schema.path(name);
    return path.size() >= field.size() && path.subList(0, field.size()).equals(field);
  }

  private void missing(String name, int read, List<List<String>> unknown, Findings findings) {
    Optional<String> meant = meant(name, unknown);
    String line =
        place()
            + ": "
            + name
            + ": in none of "
            + read
            + " records"
            + meant
                .map(path -> " (is it " + path + "? input.fields: {" + name + ": " + path + "})")
                .orElse("");
    boolean needed = deployment.input().target().contains(name) || name.equals("time");
    if (needed || name.equals("key") || meant.isPresent()) {
      findings.wrong(line);
    } else {
      findings.note(line);
    }
  }

  private static Optional<String> meant(String name, List<List<String>> unknown) {
    Optional<List<String>> same =
        unknown.stream().filter(path -> last(path).equalsIgnoreCase(name)).findFirst();
    if (same.isPresent() || name.length() < 3) {
      return same.map(FieldPath::write);
    }
    Map<String, List<String>> byName =
        unknown.stream()
            .collect(Collectors.toMap(FieldsQuestion::last, path -> path, (one, other) -> one));
    return Nearest.to(name, byName.keySet()).map(byName::get).map(FieldPath::write);
  }

  private static String last(List<String> path) {
    return path.get(path.size() - 1);
  }

  private static String listed(
      List<List<String>> unknown, Map<List<String>, Integer> counts, int read) {
    List<String> shown = new ArrayList<>();
    for (List<String> path : unknown.subList(0, Math.min(SHOWN, unknown.size()))) {
      int count = counts.getOrDefault(path, 0);
      String of = count == read ? "" : " (in " + count + " of " + read + ")";
      shown.add(FieldPath.write(path) + of);
    }
    int more = unknown.size() - shown.size();
    return Stream.concat(shown.stream(), more > 0 ? Stream.of(more + " more") : Stream.empty())
        .collect(Collectors.joining(", "))
        .replaceAll("\\p{Cntrl}", " ");
  }

  private String place() {
    return "topics.observations: " + deployment.topics().observations();
  }
}
