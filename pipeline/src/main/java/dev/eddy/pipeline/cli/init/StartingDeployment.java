package dev.eddy.pipeline.cli.init;

import dev.eddy.connectors.file.row.Dialect;
import dev.eddy.connectors.file.settings.ReplaySettings.Layout;
import dev.eddy.settings.Durations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A deployment that CSV files suggest: what was found in them, and the YAML that says so. */
public final class StartingDeployment {
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
      lines.addAll(guess.series().oddities(isKeyed()));
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
        + (guess.layout() == Layout.SERIES ? " values in rows of one series each" : " rows")
        + (guess.tables().dialect().header() ? "" : " without a header")
        + (looksAtAll() ? "" : " in the first " + guess.tables().looked().size())
        + ", key: "
        + keyed()
        + ", time: "
        + (guess.timed() ? timed() : "none, made up");
  }

  private String timed() {
    List<String> columns = guess.time().columns();
    return columns.isEmpty() ? "each column's name" : String.join(", ", columns);
  }

  /** Whether series are told apart, or no column is left that could do so. */
  private boolean isKeyed() {
    int others = guess.tables().columns().size() - guess.time().columns().size();
    return guess.key().isPresent() || !guess.isOneSeries() || others < 2;
  }

  /** The column that tells series apart. */
  Optional<String> key() {
    return guess.key();
  }

  private String keyed() {
    if (guess.layout() == Layout.WIDE) {
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
   * The YAML of a deployment that replays the files.
   *
   * @param folder of the file that it will be written to
   */
  public String yaml(Path folder) {
    return new DeploymentYaml(name, guess).ofFiles(folder);
  }

  /**
   * The YAML of a deployment of a topic, whose records were laid out as the file.
   *
   * @param layout the lines of {@code input} that say how records hold what the file has
   */
  String yaml(String topic, String server, List<String> layout) {
    return new DeploymentYaml(name, guess).ofTopic(topic, server, layout);
  }
}
