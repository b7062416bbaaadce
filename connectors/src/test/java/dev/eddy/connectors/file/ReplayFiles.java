package dev.eddy.connectors.file;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.file.settings.KeySettings;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.file.settings.TimeSettings;
import dev.eddy.connectors.file.settings.WideSettings;
import dev.eddy.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;

/** Writes small files into a folder of the test, and reads them back as observations. */
abstract class ReplayFiles {
  static final ObservationSchema TEMP = new ObservationSchema(List.of("temp"), List.of(), null);

  @TempDir Path folder;

  final void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  final ReplaySettings usual(String files) {
    return ReplaySettings.of(
        List.of(folder.resolve(files)), KeySettings.of("station"), TimeSettings.of("date"));
  }

  final ReplaySettings laidOut(
      String file,
      ReplaySettings.Layout layout,
      String delimiter,
      Optional<WideSettings> wide,
      Optional<KeySettings> key,
      TimeSettings time) {
    return Settings.of(
        ReplaySettings.class,
        Map.of(
            "files", List.of(folder.resolve(file)),
            "layout", layout,
            "delimiter", delimiter,
            "key", key,
            "time", time,
            "wide", wide));
  }

  static List<String> read(ReplaySettings settings, ObservationSchema schema) {
    return observations(settings, schema).stream().map(ReplayFiles::text).toList();
  }

  static List<Observation> observations(ReplaySettings settings, ObservationSchema schema) {
    List<Observation> found = new ArrayList<>();
    try (ReplayReader reader = new ReplayReader(settings, schema)) {
      for (Observation each = reader.next(); each != null; each = reader.next()) {
        found.add(each);
      }
    }
    return found;
  }

  static String text(Observation observation) {
    StringBuilder text = new StringBuilder(observation.key());
    text.append(' ').append(Instant.ofEpochMilli(observation.time()));
    for (double value : observation.numeric()) {
      text.append(' ').append(value);
    }
    return text.toString();
  }

  /** Changes to the usual settings. */
  static final class Change implements UnaryOperator<ReplaySettings> {
    String delimiter = ",";
    char decimal = '.';
    boolean header = true;
    List<String> columns = List.of();
    Map<String, String> rename = Map.of();
    Map<String, String> labels = Map.of();
    boolean sort;
    ReplaySettings.RowErrors onError = ReplaySettings.RowErrors.STOP;

    @Override
    public ReplaySettings apply(ReplaySettings usual) {
      return Settings.with(
          usual,
          Map.of(
              "delimiter", delimiter,
              "decimal", decimal,
              "header", header,
              "columns", columns,
              "rename", rename,
              "labels", labels,
              "sort", sort,
              "on-error", onError));
    }
  }
}
