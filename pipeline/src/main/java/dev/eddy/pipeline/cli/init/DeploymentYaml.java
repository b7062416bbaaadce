package dev.eddy.pipeline.cli.init;

import dev.eddy.model.settings.ModelSettings;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.ObservationSettings;
import dev.eddy.pipeline.yaml.YamlText;
import dev.eddy.settings.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the deployment that a guess suggests as YAML, each setting with its sentence.
 *
 * @param name of the deployment
 * @param guess at what rows hold
 */
record DeploymentYaml(String name, CsvGuess guess) {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final double VALIDATION = 0.15;
  private static final double TEST = 0.15;
  private static final int ENOUGH_KEYS = 8;

  /**
   * Of a deployment that replays the files.
   *
   * @param folder of the file that it will be written to
   */
  String ofFiles(Path folder) {
    int more = guess.tables().files().size() - 1;
    return written(
        guess.tables().first().getFileName() + (more == 0 ? "" : " and " + more + " more files"),
        "eddy check -c FILE, and eddy demo -c FILE",
        "\"${KAFKA:-localhost:9092}\"",
        name + "-observations",
        List.of(),
        "\n" + new ReplayYaml(guess, name).block(folder) + "\n");
  }

  /**
   * Of a deployment of a topic, whose records were laid out as a file to be looked at.
   *
   * @param layout the lines of {@code input} that say how records hold what the file has
   */
  String ofTopic(String topic, String server, List<String> layout) {
    return written(
        "the records of topic " + topic,
        "eddy check -c FILE --topic 1000",
        YamlText.of(server),
        topic,
        layout,
        "");
  }

  private String written(
      String from,
      String next,
      String server,
      String observations,
      List<String> layout,
      String replay) {
    return String.join(
        "\n",
        "# Written by `eddy init` from " + from + ".",
        "# Check what is marked as a guess, then: " + next + ".",
        "name: " + YamlText.of(name),
        SettingLine.of(Deployment.class, "store", ".eddy/models"),
        "",
        "kafka: {bootstrap.servers: " + server + "}",
        "topics:",
        "  observations: " + observations,
        "  predictions: " + name + "-predictions",
        "  models: " + name + "-models",
        "  dead-letters: " + name + "-dead-letters",
        "",
        input(layout),
        "model:",
        SettingLine.of(ModelSettings.class, "cell", "sru"),
        features().label().isPresent()
            ? ""
            : SettingLine.guess(ModelSettings.class, "horizons", horizons().toString()) + "\n",
        "training:",
        "  split: " + split(),
        replay);
  }

  private Features features() {
    return guess.features();
  }

  private String input(List<String> layout) {
    StringBuilder input = new StringBuilder("input:\n");
    layout.forEach(line -> input.append(line).append('\n'));
    input.append("  features: ").append(YamlText.list(features().numeric())).append('\n');
    if (features().numeric().size() > features().targets().size() && features().label().isEmpty()) {
      input
          .append(SettingLine.unused(ObservationSettings.class, "future", "[FEATURE]"))
          .append('\n')
          .append(
              SettingLine.unused(
                  ObservationSettings.class, "shared", "{topic: TOPIC, features: [FEATURE]}"))
          .append('\n');
    }
    if (!features().categorical().isEmpty()) {
      input.append("  categorical: ").append(YamlText.list(features().categorical())).append('\n');
    }
    if (!features().statics().isEmpty()) {
      input.append("  static: ").append(YamlText.list(features().statics())).append('\n');
    }
    if (!calendar().isEmpty()) {
      input.append("  calendar: ").append(YamlText.list(calendar())).append('\n');
    }
    guess
        .series()
        .interval()
        .filter(interval -> features().label().isEmpty())
        .ifPresent(
            interval ->
                input.append("  interval: ").append(Durations.format(interval)).append('\n'));
    return input.append(said()).append("\n").toString();
  }

  private String said() {
    List<String> targets = features().targets();
    String setting = features().label().isPresent() ? "label" : "target";
    String value =
        features()
            .label()
            .map(YamlText::of)
            .orElseGet(
                () -> targets.size() == 1 ? YamlText.of(targets.get(0)) : YamlText.list(targets));
    return guess.guessed()
        ? SettingLine.guess(ObservationSettings.class, setting, value)
        : "  " + setting + ": " + value;
  }

  private List<String> calendar() {
    List<String> calendar = new ArrayList<>();
    if (guess.timed()) {
      Duration span = Duration.ofMillis(last() - first());
      boolean withinDay =
          guess
              .series()
              .interval()
              .map(step -> step.compareTo(DAY) < 0)
              .orElse(guess.series().calendarStep().isEmpty());
      if (withinDay && span.compareTo(DAY.multipliedBy(2)) > 0) {
        calendar.add("hour-of-day");
      }
      boolean withinWeek =
          guess
              .series()
              .interval()
              .map(step -> step.compareTo(DAY.multipliedBy(7)) < 0)
              .orElse(guess.series().calendarStep().isEmpty());
      if (withinWeek && span.compareTo(DAY.multipliedBy(28)) > 0) {
        calendar.add("day-of-week");
      }
      if (span.compareTo(DAY.multipliedBy(700)) > 0) {
        calendar.add("day-of-year");
      }
    }
    return calendar;
  }

  private List<Integer> horizons() {
    Optional<Duration> interval = guess.series().interval();
    if (interval.equals(Optional.of(HOUR))) {
      return List.of(1, 6, 24);
    }
    return interval.equals(Optional.of(DAY)) ? List.of(1, 7) : List.of(1);
  }

  /**
   * Whole keys test a classifier, where there are some. Forecasts are tested on the newest: by
   * time, or, where times are made up or count from each series' beginning, by each series' last
   * rows.
   */
  private String split() {
    if (features().label().isPresent() && guess.series().count() >= ENOUGH_KEYS) {
      return "{by: key, validation: " + VALIDATION + ", test: " + TEST + "}";
    }
    if (!hasCalendar() && guess.series().count() > 1) {
      int rows = Math.max(1, (int) (TEST * guess.series().usualLength()));
      return "{by: last, validation: " + rows + ", test: " + rows + "}";
    }
    return "{by: time, validation-from: "
        + instant(1 - VALIDATION - TEST)
        + ", test-from: "
        + instant(1 - TEST)
        + "}";
  }

  /** Whether the series have one time in common: not one that is made up, or begins at zero. */
  private boolean hasCalendar() {
    return guess.timed() && first() > Duration.ofDays(3650).toMillis();
  }

  private String instant(double share) {
    long[] times = guess.series().times();
    Instant exact = Instant.ofEpochMilli(times[(int) (share * (times.length - 1))]);
    Instant day = exact.truncatedTo(ChronoUnit.DAYS);
    boolean manyDays = last() - first() > DAY.multipliedBy(20).toMillis();
    return manyDays ? day.toString().substring(0, 10) : exact.toString();
  }

  private long first() {
    return guess.series().times()[0];
  }

  private long last() {
    long[] times = guess.series().times();
    return times[times.length - 1];
  }
}
