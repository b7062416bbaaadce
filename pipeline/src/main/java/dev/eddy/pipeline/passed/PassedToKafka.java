package dev.eddy.pipeline.passed;

import dev.eddy.settings.UserMistake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Reads what a deployment says under {@code kafka}, as Kafka's clients would. */
public final class PassedToKafka {
  private static final List<ConfigDef> CLIENTS =
      List.of(
          ProducerConfig.configDef(), ConsumerConfig.configDef(), AdminClientConfig.configDef());

  /** Of Flink's connector, which reads them from the same properties. */
  private static final Set<String> OF_CONNECTOR =
      Set.of(
          "client.id.prefix",
          "commit.offsets.on.checkpoint",
          "flink.disable-metrics",
          "flink.partition-discovery.interval-millis",
          "partition.discovery.interval.ms",
          "register.consumer.metrics",
          "register.producer.metrics");

  private PassedToKafka() {}

  /**
   * Refuses names that are all but known ones, and values that no client would take.
   *
   * @throws UserMistake with a line for each
   */
  public static void require(Map<String, String> kafka) {
    List<String> wrong = new ArrayList<>(names().misspelt(kafka));
    wrong.addAll(values(kafka));
    if (wrong.isEmpty()) {
      together(kafka).ifPresent(wrong::add);
    }
    if (!wrong.isEmpty()) {
      throw new UserMistake(wrong);
    }
  }

  /** A line for each name that no client knows. */
  public static List<String> unknown(Map<String, String> kafka) {
    return names().unheardOf(kafka);
  }

  private static PassedNames names() {
    Set<String> known = new HashSet<>(OF_CONNECTOR);
    CLIENTS.forEach(client -> known.addAll(client.names()));
    return new PassedNames("kafka", known, name -> false);
  }

  private static List<String> values(Map<String, String> kafka) {
    Map<String, String> lines = new TreeMap<>(); // clients share settings
    for (ConfigDef client : CLIENTS) {
      for (ConfigValue value : client.validate(kafka)) {
        if (kafka.containsKey(value.name()) && !value.errorMessages().isEmpty()) {
          ConfigDef.ConfigKey key = client.configKeys().get(value.name());
          // Classes are looked for by whoever makes the client.
          if (key != null && key.type() != ConfigDef.Type.CLASS) {
            lines.putIfAbsent(value.name(), line(kafka, key, value.errorMessages().get(0)));
          }
        }
      }
    }
    return List.copyOf(lines.values());
  }

  private static String line(Map<String, String> kafka, ConfigDef.ConfigKey key, String error) {
    String name = key.name;
    String shown = key.type() == ConfigDef.Type.PASSWORD ? "(hidden)" : kafka.get(name);
    return "kafka." + name + ": " + shown + " (" + expectation(key, error) + ")";
  }

  /** Kafka says {@code Invalid value V for configuration NAME: String must be one of: …}. */
  private static String expectation(ConfigDef.ConfigKey key, String error) {
    String place = "for configuration " + key.name + ": ";
    int at = error.indexOf(place);
    String reason = at < 0 ? error : error.substring(at + place.length());
    return switch (key.type()) {
      case INT, LONG, SHORT, DOUBLE ->
          reason.startsWith("Not a number")
              ? "must be a " + (key.type() == ConfigDef.Type.DOUBLE ? "" : "whole ") + "number"
              : must(reason);
      case BOOLEAN -> "must be true or false";
      default -> must(reason);
    };
  }

  private static String must(String reason) {
    return reason.replaceFirst("^(String|Value) must", "must");
  }

  /** What is right by itself may not go together: {@code acks: 1} and idempotence. */
  private static Optional<String> together(Map<String, String> kafka) {
    if (kafka.size() < 2) {
      return Optional.empty(); // where the brokers are
    }
    Map<String, Object> producer = new HashMap<>();
    producer.put(ProducerConfig.ACKS_CONFIG, "all");
    producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    producer.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    producer.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    kafka.forEach(
        (name, value) -> {
          if (ofProducer(name)) {
            producer.put(name, value);
          }
        });
    try {
      ProducerConfig unused = new ProducerConfig(producer);
      return Optional.empty();
    } catch (ConfigException e) {
      return Optional.of(culprit(kafka, String.valueOf(e.getMessage())));
    }
  }

  private static boolean ofProducer(String name) {
    ConfigDef.ConfigKey key = ProducerConfig.configDef().configKeys().get(name);
    return key != null && key.type() != ConfigDef.Type.CLASS;
  }

  private static String culprit(Map<String, String> kafka, String reason) {
    Map<String, String> named = new LinkedHashMap<>(kafka);
    named.keySet().removeIf(name -> !reason.contains(name));
    return named.size() == 1
        ? named.entrySet().stream()
            .map(each -> "kafka." + each.getKey() + ": " + each.getValue() + " (" + reason + ")")
            .findFirst()
            .orElseThrow()
        : "kafka: " + reason;
  }
}
