package dev.eddy.pipeline.cli.init;

import dev.eddy.connectors.file.row.Dialect;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.file.settings.ReplaySettings.Layout;
import dev.eddy.pipeline.cli.init.table.MissingWords;
import dev.eddy.pipeline.yaml.YamlText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes the {@code replay} block that reads files as the guess has read them.
 *
 * @param guess at what the files hold
 * @param name of the deployment, and of the key where there is one series
 */
record ReplayYaml(CsvGuess guess, String name) {
  private static final int MOST_FOLDERS = 8;

  /**
   * The block.
   *
   * @param folder of the file that it will be written to
   */
  String block(Path folder) {
    Dialect dialect = guess.tables().dialect();
    Path above = folder.toAbsolutePath().normalize();
    List<String> files =
        guess.tables().patterns().stream()
            .map(file -> above.relativize(file.toAbsolutePath().normalize()).toString())
            .toList();
    StringBuilder replay = new StringBuilder("replay:\n");
    if (guess.layout() != Layout.LONG) {
      String layout = guess.layout().name().toLowerCase(Locale.ROOT);
      replay.append(SettingLine.of(ReplaySettings.class, "layout", layout)).append('\n');
    }
    replay.append("  files: ").append(YamlText.list(files)).append('\n');
    replay.append(text(dialect)).append(cells(dialect));
    if (guess.layout() == Layout.WIDE) {
      replay.append("  wide: ").append(wide()).append('\n');
    } else {
      replay.append("  key: ").append(key()).append('\n');
    }
    replay.append("  time: ").append(guess.time().yaml()).append('\n');
    if (!guess.series().sorted()) {
      replay.append(SettingLine.of(ReplaySettings.class, "sort", "true")).append('\n');
    }
    if (guess.refused().rows() > 0 || guess.series().unread() > 0) {
      replay.append(SettingLine.of(ReplaySettings.class, "on-error", "skip")).append('\n');
    }
    return replay.toString().stripTrailing();
  }

  /** Where some columns are no keys, those that are have to be named. */
  private String wide() {
    List<String> ignored = guess.features().ignored();
    List<String> keys =
        guess.tables().columns().stream()
            .filter(name -> !guess.time().columns().contains(name) && !ignored.contains(name))
            .toList();
    return ignored.isEmpty()
        ? WideShape.VALUE
        : "{value: " + WideShape.VALUE + ", keys: " + YamlText.list(keys) + "}";
  }

  private String key() {
    String one = "{constant: " + YamlText.of(name) + "}";
    String path = "{path: \"" + pathPattern() + "\"}";
    String files = guess.byPath() ? path : "{file: \"[^.]+\"}";
    return guess.key().map(YamlText::of).orElse(guess.isOneSeries() ? one : files);
  }

  /** The file's name without extension, and as many folders above as tell all files apart. */
  private String pathPattern() {
    int above = 1;
    while (above < MOST_FOLDERS && ends(above) < guess.tables().files().size()) {
      above++;
    }
    return "[^/]+/".repeat(above) + "[^/.]+(?=[.][^/]*$)";
  }

  private long ends(int above) {
    return guess.tables().files().stream()
        .map(file -> file.toAbsolutePath().normalize())
        .map(
            file -> file.subpath(Math.max(0, file.getNameCount() - above - 1), file.getNameCount()))
        .distinct()
        .count();
  }

  /** The settings that divide the text into rows. */
  private static String text(Dialect dialect) {
    StringBuilder text = new StringBuilder();
    dialect.encoding().ifPresent(each -> text.append("  encoding: ").append(each).append('\n'));
    if (dialect.skip() > 0) {
      text.append("  skip: ").append(dialect.skip()).append('\n');
    }
    dialect.comment().ifPresent(mark -> text.append("  comment: \"").append(mark).append("\"\n"));
    String delimiter = dialect.delimiter();
    if (!delimiter.equals(",")) {
      text.append("  delimiter: ")
          .append(delimiter.length() > 1 ? delimiter : "\"" + delimiter + "\"")
          .append('\n');
    }
    return text.toString();
  }

  /** The settings that read cells and name columns. */
  private String cells(Dialect dialect) {
    StringBuilder cells = new StringBuilder();
    if (guess.numbers().decimal() != '.') {
      cells.append("  decimal: \"").append(guess.numbers().decimal()).append("\"\n");
    }
    guess
        .numbers()
        .thousands()
        .ifPresent(mark -> cells.append("  thousands: \"").append(mark).append("\"\n"));
    if (!dialect.header()) {
      cells.append("  header: false\n  columns: ");
      cells.append(YamlText.list(dialect.columns())).append('\n');
    }
    if (dialect.unitsRows() > 0) {
      cells.append("  units-row: ").append(dialect.unitsRows()).append('\n');
    }
    if (!guess.missing().isEmpty()) {
      List<String> words = new ArrayList<>(MissingWords.ALWAYS);
      words.addAll(guess.missing());
      cells.append("  missing: ").append(YamlText.list(words)).append('\n');
    }
    return cells.toString();
  }
}
