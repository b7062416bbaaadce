package dev.eddy.model.training;

import dev.eddy.model.history.History;
import dev.eddy.model.history.HistoryWriter;
import dev.eddy.model.settings.InputSettings;
import dev.eddy.model.settings.KeySelection;
import dev.eddy.model.settings.Split;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.CalendarPart;
import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.model.spec.RawInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Data sets as histories: the sample that is in the repository, and two that may be beside it. */
record RealData(InputSettings input, List<Integer> horizons, TrainingSettings training, Path file) {

  /** The project's root. */
  static Path root() {
    return Path.of(System.getProperty("eddy.root", "")).toAbsolutePath();
  }

  /** The data sets that are no part of the project. */
  static Path shared() {
    String set = System.getProperty("EDDY_DATA", System.getenv("EDDY_DATA"));
    return set == null ? root().resolve("../shared/data").normalize() : Path.of(set);
  }

  History open() throws IOException {
    return History.open(List.of(file), input.features());
  }

  /** Daily weather of two cities, 2015 held back. */
  static RealData weather(Path directory, boolean classify) throws IOException {
    List<String> features = List.of("precipitation", "temp_max", "temp_min", "wind");
    FeatureSchema schema = new FeatureSchema(features, List.of());
    Path file = directory.resolve("weather.history");
    Map<String, List<String[]>> rows = new LinkedHashMap<>();
    try (Stream<String> lines = Files.lines(root().resolve("samples/weather.csv"))) {
      lines
          .skip(1)
          .map(line -> line.split(",", -1))
          .forEach(row -> rows.computeIfAbsent(row[0], key -> new ArrayList<>()).add(row));
    }
    try (HistoryWriter writer = new HistoryWriter(file, schema)) {
      for (Map.Entry<String, List<String[]>> key : rows.entrySet()) {
        writer.startKey(key.getKey());
        for (String[] row : key.getValue()) {
          long time =
              LocalDate.parse(row[1]).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
          double[] values = {number(row[2]), number(row[3]), number(row[4]), number(row[5])};
          writer.append(new RawInput(time, values, new String[0]), row[6]);
        }
      }
    }
    InputSettings input =
        new InputSettings(
            schema,
            classify ? List.of() : List.of("temp_max"),
            classify ? Optional.of("weather") : Optional.empty(),
            List.of(CalendarPart.DAY_OF_YEAR),
            ZoneOffset.UTC,
            Optional.of(Duration.ofDays(1)));
    Split split =
        new Split.ByTime(
            Instant.parse("2014-01-01T00:00:00Z"), Instant.parse("2015-01-01T00:00:00Z"));
    return new RealData(input, List.of(1, 7), TrainingSettings.of(split), file);
  }

  /** Hourly air quality of four stations; the last year held back. */
  static RealData beijing(Path directory) throws IOException {
    String[] numeric = "PM2.5,PM10,SO2,NO2,CO,O3,TEMP,PRES,DEWP,RAIN,WSPM".split(",", -1);
    int[] columns = {5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16};
    FeatureSchema schema = new FeatureSchema(List.of(numeric), List.of("wd"));
    Path file = directory.resolve("beijing.history");
    try (HistoryWriter writer = new HistoryWriter(file, schema);
        Stream<Path> found = Files.list(shared().resolve("beijing-air"))) {
      for (Path csv : found.filter(path -> path.toString().endsWith(".csv")).sorted().toList()) {
        writer.startKey(csv.getFileName().toString());
        List<String> lines = Files.readAllLines(csv);
        for (String line : lines.subList(1, lines.size())) {
          String[] row = line.replace("\"", "").split(",", -1);
          int[] date = Arrays.stream(row, 1, 5).mapToInt(Integer::parseInt).toArray();
          double[] values = new double[columns.length];
          for (int i = 0; i < values.length; i++) {
            values[i] = number(row[columns[i]]);
          }
          long time =
              LocalDateTime.of(date[0], date[1], date[2], date[3], 0)
                  .toInstant(ZoneOffset.UTC)
                  .toEpochMilli();
          String wind = row[15].equals("NA") ? null : row[15];
          writer.append(new RawInput(time, values, new String[] {wind}), null);
        }
      }
    }
    InputSettings input =
        new InputSettings(
            schema,
            List.of("PM2.5"),
            Optional.empty(),
            List.of(CalendarPart.values()),
            ZoneOffset.UTC,
            Optional.of(Duration.ofHours(1)));
    Split split =
        new Split.ByTime(
            Instant.parse("2015-03-01T00:00:00Z"), Instant.parse("2016-03-01T00:00:00Z"));
    return new RealData(input, List.of(1, 6, 24), TrainingSettings.of(split), file);
  }

  /** Activities by a wearable sensor, a key a trial; every third trial held back. */
  static RealData rfid(Path directory) throws IOException {
    FeatureSchema schema =
        new FeatureSchema(
            List.of("frontal", "vertical", "lateral", "rssi", "phase", "frequency"),
            List.of("antenna"));
    Path file = directory.resolve("rfid.history");
    List<String> names = new ArrayList<>();
    try (HistoryWriter writer = new HistoryWriter(file, schema);
        Stream<Path> found = Files.walk(shared().resolve("rfid-elderly"))) {
      List<Path> trials =
          found
              .filter(Files::isRegularFile)
              .filter(path -> !path.toString().endsWith(".txt"))
              .filter(path -> !path.getFileName().toString().startsWith("."))
              .sorted((a, b) -> name(a).compareTo(name(b)))
              .toList();
      for (Path trial : trials) {
        writer.startKey(name(trial));
        names.add(name(trial));
        for (String line : Files.readAllLines(trial)) {
          String[] row = line.split(",", -1);
          double[] values = {
            number(row[1]), number(row[2]), number(row[3]),
            number(row[5]), number(row[6]), number(row[7])
          };
          long time = Math.round(Double.parseDouble(row[0]) * 1000);
          writer.append(new RawInput(time, values, new String[] {row[4]}), row[8].trim());
        }
      }
    }
    List<String> test = new ArrayList<>();
    List<String> validation = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (i % 3 == 2) {
        test.add(names.get(i));
      } else if (i % 6 == 1) {
        validation.add(names.get(i));
      }
    }
    InputSettings input =
        new InputSettings(
            schema,
            List.of(),
            Optional.of("activity"),
            List.of(),
            ZoneOffset.UTC,
            Optional.empty());
    Split split = new Split.ByKey(new KeySelection.Named(validation), new KeySelection.Named(test));
    return new RealData(input, List.of(1), TrainingSettings.of(split), file);
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static double number(String text) {
    return text.isBlank() || text.equals("NA") ? Double.NaN : Double.parseDouble(text);
  }
}
