package dev.eddy.pipeline.deployment;

import dev.eddy.settings.Block;
import dev.eddy.settings.Require;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The deployment's Kafka topics. */
@Block("topics")
public record TopicSettings(
    @Setting(about = "where observations are read") String observations,
    @Setting(about = "where predictions are written") String predictions,
    @Setting(about = "where model versions are announced, in one partition that never expires")
        String models,
    @Setting(about = "where records go that could not be stepped") String deadLetters,
    @Setting(
            about = "of the topics that Eddy creates; the models topic always has one",
            byDefault = "1",
            unit = "partitions",
            least = "1",
            most = "100000")
        int partitions) {

  public TopicSettings {
    Settings.check(TopicSettings.class, observations, predictions, models, deadLetters, partitions);
    requireName("topics.observations", observations);
    requireName("topics.predictions", predictions);
    requireName("topics.models", models);
    requireName("topics.dead-letters", deadLetters);
    List<String> names = List.of(observations, predictions, models, deadLetters);
    Require.that(Set.copyOf(names).size() == names.size(), "topics", names, "four different names");
  }

  static void requireName(String setting, String name) {
    Require.that(
        name.matches("[A-Za-z0-9._-]{1,249}"), setting, name, "letters, digits, '.', '_' or '-'");
  }

  /** The usual names for a deployment called {@code name}, one partition. */
  public static TopicSettings named(String name) {
    return Settings.of(
        TopicSettings.class,
        Map.of(
            "observations", name + "-observations",
            "predictions", name + "-predictions",
            "models", name + "-models",
            "dead-letters", name + "-dead-letters"));
  }
}
