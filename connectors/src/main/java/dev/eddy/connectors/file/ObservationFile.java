package dev.eddy.connectors.file;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.file.row.Columns;
import dev.eddy.connectors.file.row.Dialect;
import dev.eddy.connectors.file.row.RowException;
import dev.eddy.connectors.file.row.RowMapper;
import dev.eddy.connectors.file.settings.KeySettings;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.settings.Require;
import dev.eddy.settings.UserMistake;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One file as a stream of observations, in the order of its rows. Thread confined. */
final class ObservationFile implements AutoCloseable {
  private final Path path;
  private final TableFile table;
  private final RowMapper mapper;
  private final Deque<Observation> ready = new ArrayDeque<>();
  private long row;

  /**
   * Opens a file and finds the columns that the settings and the schema name.
   *
   * @throws UserMistake in one line, with the file's name
   */
  ObservationFile(Path path, ReplaySettings settings, ObservationSchema schema) {
    this.path = path;
    table = TableFile.open(path, Dialect.of(settings));
    try {
      Columns columns = new Columns(table.names(), settings.rename());
      mapper = RowMapper.of(settings, schema, columns, key(settings));
    } catch (RowException | UserMistake e) { // of the header, or of a setting
      table.close();
      throw new UserMistake(path + ": " + e.getMessage(), e);
    }
  }

  // The key of all rows; null where it comes from columns.
  private @Nullable String key(ReplaySettings settings) {
    return settings.key().map(this::fileKey).orElse(null);
  }

  private @Nullable String fileKey(KeySettings key) {
    if (key.path().isPresent()) {
      String whole = path.toAbsolutePath().normalize().toString().replace('\\', '/');
      return found("replay.key.path", key.path().get(), whole, "found in the file's path");
    }
    if (key.file().isPresent()) {
      String name = String.valueOf(path.getFileName());
      return found("replay.key.file", key.file().get(), name, "found in the file's name");
    }
    return key.constant().orElse(null);
  }

  private static String found(String place, String expression, String text, String expected) {
    Matcher matcher = Pattern.compile(expression).matcher(text);
    String found =
        matcher.find() ? (matcher.groupCount() > 0 ? matcher.group(1) : matcher.group()) : null;
    if (found == null || found.isEmpty()) {
      throw Require.mistake(place, expression, expected);
    }
    return found;
  }

  /**
   * The next observation; null at the end.
   *
   * @throws RowException with file, line and fault; the next call goes on behind that row
   */
  @Nullable Observation next() {
    while (ready.isEmpty()) {
      List<String> cells = nextRow();
      if (cells == null) {
        return null;
      }
      try {
        ready.addAll(mapper.map(cells, row++));
      } catch (RowException e) {
        throw table.at(e.reason(), String.valueOf(e.getMessage()), e.getCause());
      }
    }
    return ready.poll();
  }

  /** Rows that hold nothing take their time all the same, where times are counted. */
  private void pass(int rows) {
    for (int i = 0; i < rows; i++) {
      mapper.pass();
      row++;
    }
  }

  private @Nullable List<String> nextRow() {
    try {
      List<String> cells = table.next();
      pass(table.blanks());
      return cells;
    } catch (RowException e) {
      pass(table.blanks() + 1);
      throw e;
    }
  }

  /** Bytes read so far, ahead of the rows by a buffer. */
  long bytesRead() {
    return table.bytesRead();
  }

  /** Rows whose local time came twice and is the second, by the clock that goes back. */
  long secondPasses() {
    return mapper.secondPasses();
  }

  @Override
  public void close() {
    table.close();
  }
}
