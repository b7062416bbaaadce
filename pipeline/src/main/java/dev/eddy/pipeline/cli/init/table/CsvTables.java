package dev.eddy.pipeline.cli.init.table;

import dev.eddy.connectors.file.InputFiles;
import dev.eddy.connectors.file.TableFile;
import dev.eddy.connectors.file.row.Dialect;
import dev.eddy.connectors.file.row.RowException;
import dev.eddy.settings.UserMistake;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * CSV files that are written alike.
 *
 * @param files all of them; at least one
 * @param looked those looked at, one or more; all have the same columns
 * @param dialect how they are divided into cells
 * @param columns their names
 */
public record CsvTables(
    List<Path> files, List<Looked> looked, Dialect dialect, List<String> columns) {
  /**
   * A file that is looked at.
   *
   * @param file which
   * @param dialect with the encoding of that file
   */
  record Looked(Path file, Dialect dialect) {
    public TableFile open() {
      return TableFile.open(file, dialect);
    }
  }

  /** More would take long and tell little. */
  private static final int MOST = 50;

  private static final int MANY = 5; // files that no one lists by hand

  /**
   * The files as a person would write them: where they are all of their kind in a folder, by their
   * ending.
   */
  public List<Path> patterns() {
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
  public static CsvTables open(List<Path> files) {
    List<Path> some = files.subList(0, Math.min(MOST, files.size()));
    List<Charset> charsets = some.stream().map(TableFile::charsetOf).toList();
    Dialect dialect = DialectGuess.of(files.get(0), charsets.get(0));
    List<Looked> looked = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      Optional<String> encoding = Optional.of(charsets.get(i).name());
      looked.add(new Looked(some.get(i), dialect.encoded(encoding)));
    }
    List<String> columns = names(looked.get(0));
    requireDistinct(files.get(0), columns);
    for (Looked each : looked) {
      requireSame(each, files.get(0), columns);
    }
    boolean alike = charsets.stream().distinct().count() == 1;
    Dialect written = alike ? dialect : dialect.encoded(Optional.empty()); // each file's is found
    return new CsvTables(List.copyOf(files), List.copyOf(looked), written, columns);
  }

  private static void requireSame(Looked other, Path first, List<String> columns) {
    List<String> others = names(other);
    if (!others.equals(columns)) {
      throw new UserMistake(
          "--from: "
              + other.file()
              + ": columns "
              + others
              + " (must be those of "
              + first
              + ", "
              + columns
              + ")");
    }
  }

  private static List<String> names(Looked file) {
    try (TableFile table = file.open()) {
      return table.names();
    }
  }

  private static void requireDistinct(Path file, List<String> columns) {
    Set<String> seen = new HashSet<>();
    for (String name : columns) {
      if (!seen.add(name)) {
        throw new UserMistake(
            "--from: "
                + file
                + ": "
                + name
                + ": the name of two columns (must be of one: name them apart in the file, or by"
                + " replay.columns with skip and header: false)");
      }
    }
  }

  /** How many names the files have. */
  public int names() {
    return (int) files.stream().map(Path::getFileName).distinct().count();
  }

  public Path first() {
    return files.get(0);
  }

  public int indexOf(String column) {
    return columns.indexOf(column);
  }

  /** Hears every row. */
  @FunctionalInterface
  public interface RowListener {
    /**
     * Hears one.
     *
     * @param file the file
     * @param line where it began
     * @param cells one for each column
     */
    void row(Path file, long line, List<String> cells);
  }

  /**
   * Rows that cannot be divided into the table's columns.
   *
   * @param rows how many
   * @param first the first one's file, line and fault; empty where there is none
   */
  public record Refused(long rows, String first) {}

  /** Reads all rows that can be. */
  public Refused forEach(RowListener listener) {
    Refused refused = new Refused(0, "");
    for (Looked each : looked) {
      try (TableFile table = each.open()) {
        refused = read(each.file(), table, listener, refused);
      }
    }
    return refused;
  }

  private static Refused read(Path file, TableFile table, RowListener listener, Refused before) {
    Refused refused = before;
    while (true) {
      try {
        List<String> cells = table.next();
        if (cells == null) {
          return refused;
        }
        listener.row(file, table.line(), cells);
      } catch (RowException e) {
        String first = refused.rows == 0 ? String.valueOf(e.getMessage()) : refused.first;
        refused = new Refused(refused.rows + 1, first);
      }
    }
  }
}
