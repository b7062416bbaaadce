package dev.eddy.pipeline.check.shared;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.FieldPath;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.kafka.client.TopicTail;
import dev.eddy.connectors.serde.avro.RecordFormats;
import dev.eddy.connectors.serde.json.RecordPaths;
import dev.eddy.connectors.serde.value.ValueTokens;
import dev.eddy.connectors.shared.SharedFiles;
import dev.eddy.connectors.shared.SharedRecords;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.shared.SharedFeatures;
import dev.eddy.pipeline.yaml.Nearest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What was seen of the values that a deployment shares among its keys, in lines. */
public final class SharedSample {
  /** How many records are looked at unless it is said. */
  public static final int USUAL = 500;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int IN_A_SECOND = 10_000;
  private static final int SHOWN = 12; // unknown fields

  private final List<String> fine = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private final String place;
  private final ObservationSchema schema;
  private final ToldFeatures told;

  private SharedSample(String place, SharedFeatures features) {
    this.place = place;
    schema = features.records();
    told = new ToldFeatures(schema);
  }

  /** What is as it must be. */
  public List<String> fine() {
    return fine;
  }

  /** What is worth knowing and stops nothing. */
  public List<String> notes() {
    return notes;
  }

  /** What must be mended. */
  public List<String> wrong() {
    return wrong;
  }

  /**
   * Looks at the newest records of the shared topic.
   *
   * @param each how many of each partition
   */
  public static SharedSample ofTopic(Deployment deployment, SharedFeatures features, int each) {
    SharedSample sample =
        new SharedSample("input.shared.topic: " + features.topic() + ": ", features);
    sample.look(
        TopicTail.of(
            deployment.kafka(), features.topic(), each, PATIENCE.plusSeconds(each / IN_A_SECOND)),
        new SharedRecords(features.records(), features.maxAhead()));
    return sample;
  }

  /** Reads all rows of the shared files. */
  public static SharedSample ofFiles(Deployment deployment, SharedFeatures features) {
    SharedSample sample = new SharedSample("replay.shared-files: ", features);
    if (deployment.requireReplay().sharedFiles().isEmpty()) {
      sample.notes.add(
          sample.place
              + "none ("
              + String.join(", ", features.names())
              + " is what the files of observations hold of it)");
      return sample;
    }
    long rows = SharedFiles.read(deployment.requireReplay(), features.records(), sample.told::add);
    sample.tell(rows, "rows", List.of());
    return sample;
  }

  private void look(List<ConsumerRecord<byte[], byte[]>> records, SharedRecords reader) {
    if (records.isEmpty()) {
      notes.add(place + "no records yet (what it is to bring is missing until then)");
      return;
    }
    Optional<DeadLetter> first = Optional.empty();
    int letters = 0;
    Map<List<String>, Integer> unknown = new LinkedHashMap<>();
    ValueTokens tokens = RecordFormats.tokens(schema.layout().format());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      Decoded decoded = reader.decode(record);
      if (decoded instanceof DeadLetter letter) {
        letters++;
        first = first.or(() -> Optional.of(letter));
      } else {
        told.add((KeyedEvent) decoded);
      }
      unknown(tokens, record.value()).forEach(path -> unknown.merge(path, 1, Integer::sum));
    }
    int dead = letters;
    first.ifPresent(letter -> refused(letter, dead, records.size()));
    tell(records.size(), "records", List.copyOf(unknown.keySet()));
  }

  private Stream<List<String>> unknown(ValueTokens tokens, byte[] value) {
    try {
      return value == null
          ? Stream.empty()
          : RecordPaths.of(tokens, value).keySet().stream().filter(path -> !isKnown(path));
    } catch (IOException e) { // it is a dead letter, and counted as one
      return Stream.empty();
    }
  }

  private boolean isKnown(List<String> path) {
    return schema.names().stream()
        .map(schema::path)
        .anyMatch(
            field -> path.size() >= field.size() && path.subList(0, field.size()).equals(field));
  }

  private void refused(DeadLetter letter, int letters, int records) {
    (letters == records ? wrong : notes).add(place + letter.firstOf(letters, records));
  }

  private void tell(long count, String what, List<List<String>> unknown) {
    int before = wrong.size() + notes.size();
    for (String name : told.never()) {
      Optional<String> meant = meant(name, unknown);
      String line =
          place
              + name
              + ": in none of "
              + count
              + " "
              + what
              + meant
                  .map(
                      path ->
                          " (is it "
                              + path
                              + "? input.shared.fields: {"
                              + name
                              + ": "
                              + path
                              + "})")
                  .orElse("");
      (meant.isPresent() ? wrong : notes).add(line);
    }
    if (!unknown.isEmpty()) {
      List<String> shown = unknown.stream().limit(SHOWN).map(FieldPath::write).toList();
      notes.add(
          (place + "there and unknown: " + String.join(", ", shown)).replaceAll("\\p{Cntrl}", " "));
    }
    if (before == wrong.size() + notes.size()) {
      fine.add(
          place
              + count
              + " "
              + what
              + " tell of "
              + String.join(", ", schema.numeric())
              + ", up to "
              + Instant.ofEpochMilli(told.newest()));
    }
  }

  private static Optional<String> meant(String name, List<List<String>> unknown) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    unknown.forEach(path -> byName.putIfAbsent(path.get(path.size() - 1), path));
    return byName.keySet().stream()
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .or(
            () ->
                name.length() < 3
                    ? Optional.empty()
                    : Nearest.to(name, new TreeSet<>(byName.keySet())))
        .map(byName::get)
        .map(FieldPath::write);
  }
}
