package dev.eddy.pipeline.cli.init;

import dev.eddy.pipeline.cli.yaml.Durations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the YAML of a deployment that a CSV file suggests. */
public final class StartingDeployment {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final String name;
  private final CsvGuess guess;

  private StartingDeployment(String name, CsvGuess guess) {
    this.name = name;
    this.guess = guess;
  }

  /**
   * Looks at a CSV file.
   *
   * @param name of the deployment
   * @throws dev.eddy.pipeline.job.UserError in one line, when nothing can be made of the file
   */
  public static StartingDeployment from(Path csv, String name) throws IOException {
    return new StartingDeployment(name, CsvGuess.of(csv));
  }

  /** A name for the deployment of a file. */
  public static String nameOf(Path csv) {
    String file = String.valueOf(csv.getFileName()).replaceFirst("\\.[A-Za-z.]+$", "");
    String name = file.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-+|-+$", "");
    return name.isEmpty() ? "deployment" : name.toLowerCase(java.util.Locale.ROOT);
  }

  /** What was found, a line each, for the user to check. */
  public List<String> findings() {
    List<String> lines = new ArrayList<>();
    lines.add(
        guess.times().size()
            + " rows"
            + (guess.table().header() ? "" : " without a header")
            + ", key: "
            + guess.key().orElse("none, all one series")
            + ", time: "
            + (guess.timed() ? String.join(", ", guess.time().columns()) : "none, made up"));
    lines.add(
        "numeric: "
            + String.join(", ", guess.numeric())
            + (guess.categorical().isEmpty()
                ? ""
                : "; categorical: " + String.join(", ", guess.categorical()))
            + (guess.ignored().isEmpty()
                ? ""
                : "; left out: " + String.join(", ", guess.ignored())));
    lines.add(
        "one row every "
            + guess.interval().map(Durations::format).orElse("now and then")
            + "; target: "
            + guess.target()
            + " (a guess)");
    return lines;
  }

  /**
   * The YAML.
   *
   * @param folder of the file that it will be written to
   */
  public String yaml(Path folder) {
    return String.join(
        "\n",
        "# Written by `eddy init` from " + guess.table().file().getFileName() + ".",
        "# Check what is marked as a guess, then: eddy check -c FILE, and eddy demo -c FILE.",
        "name: " + Yaml.text(name),
        "store: .eddy/models                     # where model versions are published",
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
        "  cell: sru                               # or lstm, gru, rnn",
        "  horizons: " + horizons() + "                       # a guess: steps ahead",
        "",
        "training:",
        "  split: " + split(),
        "",
        replay(folder),
        "");
  }

  private String input() {
    StringBuilder input = new StringBuilder("input:\n");
    input.append("  features: ").append(Yaml.list(guess.numeric())).append('\n');
    if (!guess.categorical().isEmpty()) {
      input.append("  categorical: ").append(Yaml.list(guess.categorical())).append('\n');
    }
    if (!calendar().isEmpty()) {
      input.append("  calendar: ").append(Yaml.list(calendar())).append('\n');
    }
    guess
        .interval()
        .ifPresent(
            interval ->
                input.append("  interval: ").append(Durations.format(interval)).append('\n'));
    return input
        .append("  target: ")
        .append(Yaml.text(guess.target()))
        .append("                       # a guess: the feature to forecast\n")
        .toString();
  }

  private List<String> calendar() {
    List<String> calendar = new ArrayList<>();
    if (guess.timed()) {
      Duration span = Duration.ofMillis(last() - guess.times().get(0));
      boolean withinDay = guess.interval().map(step -> step.compareTo(DAY) < 0).orElse(true);
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
    Optional<Duration> interval = guess.interval();
    if (interval.equals(Optional.of(HOUR))) {
      return List.of(1, 6, 24);
    }
    return interval.equals(Optional.of(DAY)) ? List.of(1, 7) : List.of(1);
  }

  /** Seven tenths of the rows train, the next fifteen hundredths validate, the rest tests. */
  private String split() {
    return "{by: time, validation-from: " + instant(0.7) + ", test-from: " + instant(0.85) + "}";
  }

  private String instant(double share) {
    Instant exact =
        Instant.ofEpochMilli(guess.times().get((int) (share * (guess.times().size() - 1))));
    Instant day = exact.truncatedTo(ChronoUnit.DAYS);
    boolean manyDays = last() - guess.times().get(0) > DAY.multipliedBy(20).toMillis();
    return manyDays ? day.toString().substring(0, 10) : exact.toString();
  }

  private long last() {
    return guess.times().get(guess.times().size() - 1);
  }

  private String replay(Path folder) {
    Path file = guess.table().file().toAbsolutePath().normalize();
    Path relative = folder.toAbsolutePath().normalize().relativize(file);
    StringBuilder replay = new StringBuilder("replay:\n");
    replay.append("  files: [").append(Yaml.text(relative.toString())).append("]\n");
    if (guess.table().delimiter() != ',') {
      String delimiter =
          guess.table().delimiter() == '\t' ? "tab" : "\"" + guess.table().delimiter() + "\"";
      replay.append("  delimiter: ").append(delimiter).append('\n');
    }
    if (!guess.table().header()) {
      replay.append("  header: false\n  columns: ");
      replay.append(Yaml.list(guess.table().columns())).append('\n');
    }
    replay
        .append("  key: ")
        .append(guess.key().map(Yaml::text).orElse("{constant: " + Yaml.text(name) + "}"))
        .append('\n');
    replay.append("  time: ").append(guess.time().yaml()).append('\n');
    if (!guess.sorted()) {
      replay.append("  sort: true                            # the rows are not in time order\n");
    }
    return replay.toString().stripTrailing();
  }
}
