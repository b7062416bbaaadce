package dev.eddy.pipeline.deployment;

import dev.eddy.settings.Block;
import dev.eddy.settings.Require;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The deployment's Kafka topics. What has to do with files alone needs none. */
@Block("topics")
public record TopicSettings(
    @Setting(about = "where observations are read", byDefault = "") String observations,
    @Setting(about = "where predictions are written", byDefault = "") String predictions,
    @Setting(
            about = "where model versions are announced, in one partition that never expires",
            byDefault = "")
        String models,
    @Setting(about = "where records go that could not be stepped", byDefault = "")
        String deadLetters,
    @Setting(
            about = "where predictions are scored as what they foretold comes true",
            byDefault = "none")
        Optional<String> evaluations,
    @Setting(
            about =
                "where labels come later than their observations, by key and time; only with"
                    + " `input.label` and `topics.evaluations`",
            byDefault = "none")
        Optional<String> labels,
    @Setting(
            about = "of the topics that Eddy creates; the models topic always has one",
            byDefault = "1",
            unit = "partitions",
            least = "1",
            most = "100000")
        int partitions) {

  private static final int TOPICS = 4;

  public TopicSettings {
    Settings.check(
        TopicSettings.class,
        observations,
        predictions,
        models,
        deadLetters,
        evaluations,
        labels,
        partitions);
    requireUnlessLeftOut("topics.observations", observations);
    requireUnlessLeftOut("topics.predictions", predictions);
    requireUnlessLeftOut("topics.models", models);
    requireUnlessLeftOut("topics.dead-letters", deadLetters);
    evaluations.ifPresent(name -> requireName("topics.evaluations", name));
    labels.ifPresent(name -> requireName("topics.labels", name));
    List<String> names =
        Stream.of(
                Stream.of(observations, predictions, models, deadLetters),
                evaluations.stream(),
                labels.stream())
            .flatMap(each -> each)
            .filter(name -> !name.isEmpty())
            .toList();
    Require.that(Set.copyOf(names).size() == names.size(), "topics", names, "different names");
  }

  /** Nothing is evaluated. */
  public TopicSettings(
      String observations, String predictions, String models, String deadLetters, int partitions) {
    this(
        observations,
        predictions,
        models,
        deadLetters,
        Optional.empty(),
        Optional.empty(),
        partitions);
  }

  /** All of them. */
  public List<String> all() {
    List<String> all = new ArrayList<>(List.of(observations, predictions, models, deadLetters));
    evaluations.ifPresent(all::add);
    labels.ifPresent(all::add);
    return all;
  }

  /** The settings that name no topic. */
  List<String> missing() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("topics.observations", observations);
    names.put("topics.predictions", predictions);
    names.put("topics.models", models);
    names.put("topics.dead-letters", deadLetters);
    names.values().removeIf(name -> !name.isEmpty());
    return names.size() == TOPICS ? List.of("topics") : List.copyOf(names.keySet());
  }

  private static void requireUnlessLeftOut(String setting, String name) {
    if (!name.isEmpty()) {
      requireName(setting, name);
    }
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
