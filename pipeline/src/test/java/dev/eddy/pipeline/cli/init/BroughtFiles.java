package dev.eddy.pipeline.cli.init;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.file.ReplayReader;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.yaml.SettingsBinder;
import dev.eddy.pipeline.yaml.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.io.TempDir;

/** Files that people bring, what {@code init} makes of them, and what is read by that. */
abstract class BroughtFiles {
  static final LocalDateTime BEGIN = LocalDateTime.parse("2024-03-10T18:00:00");

  @TempDir Path folder;

  static String at(int hour, String pattern) {
    return BEGIN
        .plusHours(hour)
        .format(DateTimeFormatter.ofPattern(pattern.replace(";", "';'"), Locale.ENGLISH));
  }

  static String rows(int count, IntFunction<String> row) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < count; i++) {
      rows.append(row.apply(i)).append('\n');
    }
    return rows.toString();
  }

  List<String> findings(String csv) throws IOException {
    Path file = Files.writeString(folder.resolve("pumps.csv"), csv);
    return StartingDeployment.from(List.of(file), "pumps", InitWishes.none()).findings();
  }

  Deployment init(String csv) throws IOException {
    return init(List.of(Files.writeString(folder.resolve("pumps.csv"), csv)), InitWishes.none());
  }

  Deployment init(List<Path> files, InitWishes wishes) throws IOException {
    String yaml = StartingDeployment.from(files, "pumps", wishes).yaml(folder);
    Path written = Files.writeString(folder.resolve("pumps.yaml"), yaml);
    return SettingsBinder.bind(
        YamlDocument.read(written, Map.of()), Deployment.class, ZoneOffset.UTC);
  }

  static List<Observation> read(Deployment deployment) {
    List<Observation> all = new ArrayList<>();
    try (ReplayReader reader =
        new ReplayReader(deployment.requireReplay(), deployment.observationSchema())) {
      for (Observation each = reader.next(); each != null; each = reader.next()) {
        all.add(each);
      }
    }
    return all;
  }
}
