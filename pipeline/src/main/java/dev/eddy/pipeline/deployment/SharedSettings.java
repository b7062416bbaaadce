package dev.eddy.pipeline.deployment;

import dev.eddy.connectors.event.RecordEncoding;
import dev.eddy.settings.Block;
import dev.eddy.settings.Require;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which features a topic of its own brings, for all keys at once. */
@Block("input.shared")
public record SharedSettings(
    @Setting(
            about =
                "the topic of values that hold for all keys from their time on, such as a price or"
                    + " a calendar of holidays")
        String topic,
    @Setting(
            about =
                "some of `input.features`, no target and not static; an observation that holds one"
                    + " itself keeps its own")
        List<String> features,
    @Setting(
            about =
                "where its records hold `time`, `future` and features that do not lie under their"
                    + " own names, as `input.fields`",
            byDefault = "{}")
        Map<String, String> fields,
    @Setting(
            about =
                "in what its records are written: `json`, `avro` (of `input.shared.schema`) or"
                    + " `avro-confluent`, whatever `input.encoding` says",
            byDefault = "json")
        RecordEncoding encoding,
    @Setting(
            about = "a file with the Avro schema that its `avro` records were written with",
            byDefault = "none")
        Optional<String> schema,
    @Setting(
            about = "how old a value may be that an observation sees; without it of any age",
            byDefault = "none",
            least = "1 ms",
            most = "36500 d")
        Optional<Duration> maxAge,
    @Setting(
            name = "wait",
            about =
                "how long by the clock an observation waits for values of its time, where the topic"
                    + " has told of none newer; then it goes on with the last known ones",
            byDefault = "1 s",
            least = "0 ms",
            most = "1 d")
        Duration await,
    @Setting(
            about =
                "how much event time of values a task remembers behind the observations, 32 bytes a"
                    + " value",
            byDefault = "30 d",
            least = "1 s",
            most = "36500 d")
        Duration keep) {

  public SharedSettings {
    Settings.check(
        SharedSettings.class, topic, features, fields, encoding, schema, maxAge, await, keep);
    features = List.copyOf(features);
    fields = Map.copyOf(fields);
    TopicSettings.requireName("input.shared.topic", topic);
    boolean plain = encoding == RecordEncoding.AVRO;
    Require.that(
        plain == schema.isPresent(),
        "input.shared.schema",
        schema.orElse("none"),
        plain
            ? "a file, because input.shared.encoding is avro"
            : "left out unless input.shared.encoding is avro");
    Require.that(!features.isEmpty(), "input.shared.features", "none", "one or more");
    Require.that(
        new HashSet<>(features).size() == features.size(),
        "input.shared.features",
        features,
        "named once each");
  }

  /**
   * Refuses features that no topic can bring for all keys.
   *
   * @param numeric the deployment's
   * @param own those that belong to one key alone: static ones and targets
   */
  void requireAmong(List<String> numeric, List<String> own) {
    for (String name : features) {
      Require.that(
          numeric.contains(name) && !own.contains(name),
          "input.shared.features",
          name,
          "one of the features " + numeric + " that is neither static nor a target");
    }
    Require.that(
        features.size() < numeric.size() || !own.isEmpty(),
        "input.shared.features",
        features,
        "not all: an observation has a feature of its own");
  }
}
