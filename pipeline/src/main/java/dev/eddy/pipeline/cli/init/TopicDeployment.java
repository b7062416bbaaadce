package dev.eddy.pipeline.cli.init;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.FieldPath;
import dev.eddy.connectors.event.RecordFormat;
import dev.eddy.connectors.file.settings.KeySettings;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.file.settings.TimeSettings;
import dev.eddy.connectors.kafka.client.RecordDecoder;
import dev.eddy.connectors.kafka.client.TopicTail;
import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.connectors.serde.avro.Frame;
import dev.eddy.connectors.serde.avro.RecordFormats;
import dev.eddy.connectors.serde.json.ObservationJsonReader;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.DeploymentFile;
import dev.eddy.pipeline.yaml.YamlText;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Writes the YAML of a deployment that the records of a topic suggest: they are laid out as a file,
 * which is recognised as files are.
 */
public final class TopicDeployment {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration REGISTRY = Duration.ofSeconds(10);
  private static final int OF_EACH_PARTITION = 20_000;

  private final String topic;
  private final String server;
  private final TopicFormat format;
  private final List<ConsumerRecord<byte[], byte[]>> records;
  private final RecordTable table;

  private TopicDeployment(
      String topic,
      String server,
      TopicFormat format,
      List<ConsumerRecord<byte[], byte[]>> records) {
    this.topic = topic;
    this.server = server;
    this.format = format;
    this.records = records;
    this.table = RecordTable.of(RecordFormats.tokens(format.format().within(REGISTRY)), records);
  }

  /**
   * Looks at the newest records of a topic.
   *
   * @param format in what they are written
   * @throws UserMistake when it holds none
   */
  public static TopicDeployment of(String server, String topic, TopicFormat format) {
    Map<String, String> client = Map.of(Deployment.BOOTSTRAP, server);
    try (Topics topics = Topics.connect(client)) {
      topics.require("--from-topic", topic);
    }
    List<ConsumerRecord<byte[], byte[]>> records =
        TopicTail.of(client, topic, OF_EACH_PARTITION, PATIENCE);
    requireRegistry(topic, format.format(), records);
    TopicDeployment found = new TopicDeployment(topic, server, format, records);
    if (found.table.size() == 0) {
      throw new UserMistake(
          "--from-topic: "
              + topic
              + ": no records of "
              + said(format.format())
              + " among the newest "
              + records.size()
              + " (must hold some to be recognised by; Avro is read with --registry URL, or with"
              + " --schema FILE where records are bodies alone)");
    }
    return found;
  }

  private static String said(RecordFormat format) {
    return format instanceof RecordFormat.Json
        ? "JSON objects"
        : format instanceof RecordFormat.Avro ? "the file's schema" : "the registry's schemas";
  }

  private static void requireRegistry(
      String topic, RecordFormat format, List<ConsumerRecord<byte[], byte[]>> records) {
    long framed =
        records.stream()
            .filter(each -> each.value() != null && Frame.isAround(each.value()))
            .count();
    if (format instanceof RecordFormat.Json && 2 * framed > records.size()) {
      throw new UserMistake(
          "--from-topic: "
              + topic
              + ": "
              + framed
              + " of "
              + records.size()
              + " records have schema registry framing (must be read with --registry URL)");
    }
  }

  /** What was found: the YAML, and lines for the user to check. */
  public record Found(String yaml, List<String> findings) {}

  /**
   * Recognises them.
   *
   * @param name of the deployment
   * @param target the folder of the file that the YAML is for
   */
  public Found recognised(String name, InitWishes wishes, Path target) throws IOException {
    Path folder = Files.createTempDirectory("eddy-topic");
    Path csv = folder.resolve(topic.replaceAll("[^A-Za-z0-9]+", "-") + ".csv");
    try {
      StartingDeployment files = files(csv, name, wishes);
      Path yaml = Files.writeString(folder.resolve("files.yaml"), files.yaml(folder));
      Deployment ofFiles = DeploymentFile.read(yaml, List.of());
      Path trial = Files.writeString(folder.resolve("topic.yaml"), text(files, ofFiles, folder));
      List<String> findings = new ArrayList<>();
      files.findings().forEach(line -> findings.add(ofTopic(line, csv)));
      findings.add(readable(DeploymentFile.read(trial, List.of())));
      return new Found(text(files, ofFiles, target), findings);
    } catch (UserMistake e) {
      throw new UserMistake(ofTopic(String.valueOf(e.getMessage()), csv), e);
    } finally {
      try (Stream<Path> left = Files.list(folder)) {
        left.forEach(file -> file.toFile().delete());
      }
      Files.deleteIfExists(folder);
    }
  }

  /** Names the topic in place of the file that nobody else has seen. */
  private String ofTopic(String line, Path csv) {
    return line.replace("--from: ", "--from-topic: ")
        .replaceAll(
            Pattern.quote(csv.toString()) + ":(\\d+)", topic + " laid out as a file, line $1")
        .replace(csv.toString(), topic);
  }

  private String text(StartingDeployment files, Deployment ofFiles, Path folder) {
    return files.yaml(topic, server, layout(ofFiles, folder)) + format.block();
  }

  /** Kafka keys are the key or nothing: no feature is read of them. */
  private StartingDeployment files(Path csv, String name, InitWishes wishes) throws IOException {
    boolean wished = wishes.key().equals(Optional.of(RecordTable.KAFKA_KEY));
    if (table.keyed() && (wished || !table.repeatsKey())) {
      table.write(csv, true);
      StartingDeployment files = StartingDeployment.from(List.of(csv), name, wishes);
      if (files.key().equals(Optional.of(RecordTable.KAFKA_KEY))) {
        return files;
      }
    }
    table.write(csv, false);
    return StartingDeployment.from(List.of(csv), name, wishes);
  }

  /** The settings of {@code input} that say how records hold what a file has in columns. */
  private List<String> layout(Deployment files, Path folder) {
    List<String> lines = new ArrayList<>(format.input(folder));
    ReplaySettings replay = files.requireReplay();
    List<String> fields = new ArrayList<>();
    Optional<String> key = replay.key().flatMap(KeySettings::column);
    key.flatMap(table::path).ifPresent(path -> field(fields, "key", path));
    replay.time().columns().stream()
        .findFirst()
        .flatMap(table::path)
        .ifPresent(path -> field(fields, "time", path));
    Stream.of(
            files.input().features(),
            files.input().categorical(),
            files.input().label().stream().toList())
        .flatMap(List::stream)
        .forEach(name -> table.path(name).ifPresent(path -> field(fields, name, path)));
    if (!fields.isEmpty()) {
      lines.add("  fields: {" + String.join(", ", fields) + "}");
    }
    if (key.isPresent() && table.keyed() && !table.repeatsKey(key.get())) {
      lines.add("  key: " + (table.path(key.get()).isEmpty() ? "kafka" : "value"));
    }
    lines.addAll(time(replay.time()));
    return lines;
  }

  private static void field(List<String> fields, String name, List<String> path) {
    if (!path.equals(List.of(name))) {
      fields.add(YamlText.of(name) + ": " + YamlText.of(FieldPath.write(path)));
    }
  }

  private static List<String> time(TimeSettings time) {
    if (time.columns().size() != 1) {
      throw new UserMistake(
          "--from-topic: no field is a time (must be one: ISO-8601 text, or a number since 1970)");
    }
    List<String> said = new ArrayList<>();
    time.unit().ifPresent(unit -> said.add("unit: " + unit.name().toLowerCase(Locale.ROOT)));
    time.pattern()
        .ifPresent(
            pattern -> {
              said.add("format: " + YamlText.of(pattern));
              said.add("zone: " + YamlText.of(time.zone().getId()));
            });
    return said.isEmpty() ? List.of() : List.of("  time: {" + String.join(", ", said) + "}");
  }

  private String readable(Deployment deployment) {
    ObservationJsonReader reader =
        RecordFormats.reader(deployment.observationSchema(), deployment.input().maxAhead());
    int letters = 0;
    Optional<DeadLetter> first = Optional.empty();
    for (ConsumerRecord<byte[], byte[]> each : records) {
      if (RecordDecoder.decode(reader, each) instanceof DeadLetter letter) {
        letters++;
        first = first.or(() -> Optional.of(letter));
      }
    }
    return letters
        + " of "
        + records.size()
        + " records would be dead letters"
        + first
            .map(letter -> ", the first: " + letter.reason() + ", " + letter.detail())
            .orElse("");
  }
}
