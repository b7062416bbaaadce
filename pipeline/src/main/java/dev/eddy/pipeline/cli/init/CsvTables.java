package dev.eddy.pipeline.cli.init;

import dev.eddy.connectors.file.InputFiles;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * CSV files that are written alike.
 *
 * @param files all of them; at least one
 * @param tables those looked at, one or more; all have the same columns
 */
record CsvTables(List<Path> files, List<CsvTable> tables) {
  /** More would take long and tell little. */
  private static final int MOST = 50;

  private static final int MANY = 5; // files that no one lists by hand

  /**
   * The files as a person would write them: where they are all of their kind in a folder, by their
   * ending.
   */
  List<Path> patterns() {
    Path one = files.get(0).toAbsolutePath().normalize();
    String name = String.valueOf(one.getFileName());
    Path all = one.resolveSibling("*" + name.substring(Math.max(0, name.lastIndexOf('.'))));
    boolean many = files.size() >= MANY && name.lastIndexOf('.') > 0;
    return many && isEach(InputFiles.find("--from", List.of(all))) ? List.of(all) : files;
  }

  private boolean isEach(List<Path> others) {
    return Set.copyOf(others)
        .equals(
            files.stream()
                .map(file -> file.toAbsolutePath().normalize())
                .collect(Collectors.toSet()));
  }

  /** Looks at the beginnings of the files, or of the first fifty. */
  static CsvTables open(List<Path> files) throws IOException {
    List<CsvTable> tables = new ArrayList<>();
    for (Path file : files.subList(0, Math.min(MOST, files.size()))) {
      CsvTable table = CsvTable.open(file);
      if (!tables.isEmpty() && !table.columns().equals(tables.get(0).columns())) {
        throw new UserMistake(
            "--from: "
                + file
                + ": columns "
                + table.columns()
                + " (must be those of "
                + files.get(0)
                + ", "
                + tables.get(0).columns()
                + ")");
      }
      tables.add(table);
    }
    return new CsvTables(List.copyOf(files), List.copyOf(tables));
  }

  /** How many names the files have. */
  int names() {
    return (int) files.stream().map(Path::getFileName).distinct().count();
  }

  CsvTable first() {
    return tables.get(0);
  }

  List<String> columns() {
    return first().columns();
  }

  /** Hears every row with its file's name. */
  @FunctionalInterface
  interface RowListener {
    void row(String file, List<String> cells);
  }

  void forEach(RowListener listener) throws IOException {
    for (CsvTable table : tables) {
      String name = String.valueOf(table.file().getFileName());
      table.forEach(row -> listener.row(name, row));
    }
  }
}
