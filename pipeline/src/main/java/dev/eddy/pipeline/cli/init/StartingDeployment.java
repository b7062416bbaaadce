package dev.eddy.pipeline.cli.init;

import dev.eddy.connectors.file.row.Dialect;
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
import java.util.Locale;
import java.util.Optional;

/** Writes the YAML of a deployment that CSV files suggest. */
public final class StartingDeployment {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final double VALIDATION = 0.15;
  private static final double TEST = 0.15;
  private static final int ENOUGH_KEYS = 8;

  private final String name;
  private final CsvGuess guess;
  private final Features features;

  private StartingDeployment(String name, CsvGuess guess) {
    this.name = name;
    this.guess = guess;
    this.features = guess.features();
  }

  /**
   * Looks at CSV files.
   *
   * @param files one or more, with the same columns
   * @param name of the deployment
   * @throws dev.eddy.settings.UserMistake in one line, when nothing can be made of them
   */
  public static StartingDeployment from(List<Path> files, String name, InitWishes wishes) {
    return new StartingDeployment(name, CsvGuess.of(files, wishes));
  }

  /** A name for the deployment of a file, or of several: that of their folder. */
  public static String nameOf(List<Path> files) {
    Path file = files.get(0).toAbsolutePath().normalize();
    Path folder = file.getParent();
    Path named = files.size() > 1 && folder != null && folder.getNameCount() > 0 ? folder : file;
    String title = String.valueOf(named.getFileName()).replaceFirst("\\.[A-Za-z.]+$", "");
    String name = title.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-+|-+$", "");
    return name.isEmpty() ? "deployment" : name.toLowerCase(Locale.ROOT);
  }

  /** What was found, a line each, for the user to check. */
  public List<String> findings() {
    List<String> lines = new ArrayList<>(List.of(rows(), columns(), task()));
    lines.addAll(written());
    if (guess.timed()) {
      lines.addAll(guess.series().oddities(guess.key().isPresent() || !guess.isOneSeries()));
    }
    guess.series().workdays().ifPresent(lines::add);
    if (guess.refused().rows() > 0) {
      lines.add(
          guess.refused().rows()
              + " bad rows or cells, first "
              + guess.refused().first()
              + " (on-error: skip leaves their rows out)");
    }
    lines.addAll(guess.asks());
    return lines;
  }

  /** How the files are written, where that is not the usual way. */
  private List<String> written() {
    List<String> ways = new ArrayList<>();
    Dialect dialect = guess.tables().dialect();
    dialect.encoding().ifPresent(encoding -> ways.add("encoding " + encoding));
    if (dialect.skip() > 0) {
      ways.add(dialect.skip() + " lines before the table");
    }
    dialect.comment().ifPresent(mark -> ways.add("comments begin with " + mark));
    if (dialect.unitsRows() > 0) {
      ways.add(dialect.unitsRows() + " rows of units");
    }
    if (guess.numbers().decimal() != '.') {
      ways.add("decimal " + guess.numbers().decimal());
    }
    guess.numbers().thousands().ifPresent(mark -> ways.add("digits grouped by '" + mark + "'"));
    if (!guess.missing().isEmpty()) {
      ways.add("words for missing: " + String.join(", ", guess.missing()));
    }
    return ways.isEmpty() ? List.of() : List.of("read with " + String.join("; ", ways));
  }

  private String rows() {
    return (guess.tables().files().size() == 1 ? "" : guess.tables().files().size() + " files, ")
        + guess.series().rows()
        + (guess.layout() == CsvGuess.Layout.SERIES
            ? " values in rows of one series each"
            : " rows")
        + (guess.tables().dialect().header() ? "" : " without a header")
        + (looksAtAll() ? "" : " in the first " + guess.tables().looked().size())
        + ", key: "
        + keyed()
        + ", time: "
        + (guess.timed() ? String.join(", ", guess.time().columns()) : "none, made up");
  }

  private String keyed() {
    if (guess.layout() == CsvGuess.Layout.WIDE) {
      return "each column's name";
    }
    return guess
        .key()
        .orElse(
            guess.isOneSeries()
                ? "none, all one series"
                : guess.byPath() ? "the file's path" : "the file's name");
  }

  private String columns() {
    List<String> ignored = features.ignored();
    return "numeric: "
        + String.join(", ", features.numeric())
        + (features.categorical().isEmpty()
            ? ""
            : "; categorical: " + String.join(", ", features.categorical()))
        + (features.statics().isEmpty() ? "" : "; static: " + String.join(", ", features.statics()))
        + (ignored.isEmpty() ? "" : "; left out: " + String.join(", ", ignored));
  }

  private String task() {
    return "one row every "
        + guess
            .series()
            .interval()
            .map(Durations::format)
            .or(() -> guess.series().calendarStep())
            .orElse("now and then")
        + (guess.timed() ? "" : " (counted, there are no times)")
        + "; "
        + features
            .label()
            .map(label -> "label: " + label)
            .orElse("target: " + String.join(", ", features.targets()))
        + (guess.guessed() ? " (a guess)" : "");
  }

  private boolean looksAtAll() {
    return guess.tables().files().size() == guess.tables().looked().size();
  }

  /**
   * The YAML.
   *
   * @param folder of the file that it will be written to
   */
  public String yaml(Path folder) {
    return String.join(
        "\n",
        "# Written by `eddy init` from "
            + guess.tables().first().getFileName()
            + (guess.tables().files().size() == 1
                ? "."
                : " and " + (guess.tables().files().size() - 1) + " more files."),
        "# Check what is marked as a guess, then: eddy check -c FILE, and eddy demo -c FILE.",
        "name: " + YamlText.of(name),
        SettingLine.of(Deployment.class, "store", ".eddy/models"),
        "",
        "kafka: {bootstrap.servers: \"${KAFKA:-localhost:9092}\"}",
        "topics:",
        "  observations: " + name + "-observations",
        "  predictions: " + name + "-predictions",
        "  models: " + name + "-models",
        "  dead-letters: " + name + "-dead-letters",
        "",
        input(),
        "model:",
        SettingLine.of(ModelSettings.class, "cell", "sru"),
        features.label().isPresent()
            ? ""
            : SettingLine.guess(ModelSettings.class, "horizons", horizons().toString()) + "\n",
        "training:",
        "  split: " + split(),
        "",
        new ReplayYaml(guess, name).block(folder),
        "");
  }

  private String input() {
    StringBuilder input = new StringBuilder("input:\n");
    input.append("  features: ").append(YamlText.list(features.numeric())).append('\n');
    if (features.numeric().size() > features.targets().size() && features.label().isEmpty()) {
      input
          .append(SettingLine.unused(ObservationSettings.class, "future", "[FEATURE]"))
          .append('\n');
    }
    if (!features.categorical().isEmpty()) {
      input.append("  categorical: ").append(YamlText.list(features.categorical())).append('\n');
    }
    if (!features.statics().isEmpty()) {
      input.append("  static: ").append(YamlText.list(features.statics())).append('\n');
    }
    if (!calendar().isEmpty()) {
      input.append("  calendar: ").append(YamlText.list(calendar())).append('\n');
    }
    guess
        .series()
        .interval()
        .filter(interval -> features.label().isEmpty())
        .ifPresent(
            interval ->
                input.append("  interval: ").append(Durations.format(interval)).append('\n'));
    return input.append(said()).append("\n").toString();
  }

  private String said() {
    List<String> targets = features.targets();
    String setting = features.label().isPresent() ? "label" : "target";
    String value =
        features
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
          guess.series().interval().map(step -> step.compareTo(DAY) < 0).orElse(true);
      if (withinDay && span.compareTo(DAY.multipliedBy(2)) > 0) {
        calendar.add("hour-of-day");
      }
      if (span.compareTo(DAY.multipliedBy(28)) > 0) {
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
    if (features.label().isPresent() && guess.series().count() >= ENOUGH_KEYS) {
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
