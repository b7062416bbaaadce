package dev.eddy.connectors.file;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.file.row.Columns;
import dev.eddy.connectors.file.row.RowException;
import dev.eddy.connectors.file.row.RowMapper;
import dev.eddy.connectors.file.row.RowReader;
import dev.eddy.connectors.file.settings.KeySettings;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.settings.FileFault;
import dev.eddy.settings.Require;
import dev.eddy.settings.UserMistake;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** One file as a stream of observations, in the order of its rows. Thread confined. */
final class ObservationFile implements AutoCloseable {
  /**
   * Stands for bytes that are not UTF-8, which no text in UTF-8 can hold: half a surrogate pair.
   */
  private static final String NO_TEXT = "\uDFFF";

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path path;
  private final CountingInput bytes;
  private final Reader text;
  private final RowReader rows;
  private final Columns columns;
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
    CountingInput opened = null;
    try {
      opened = new CountingInput(Files.newInputStream(path));
      bytes = opened;
      text = decode(path, opened);
      rows = RowReader.open(text, settings.delimiter(), settings.quote());
      columns = new Columns(names(settings), settings.rename());
      mapper = RowMapper.of(settings, schema, columns, key(settings));
    } catch (IOException e) {
      closeQuietly(opened);
      throw unreadable(path, FileFault.of(e), e);
    } catch (UncheckedIOException e) {
      closeQuietly(opened);
      throw unreadable(path, FileFault.of(e), e);
    } catch (RowException | UserMistake e) { // of the header, or of a setting
      closeQuietly(opened);
      throw new UserMistake(path + ": " + e.getMessage(), e);
    }
  }

  static UserMistake unreadable(Path path, String fault, Exception cause) {
    return new UserMistake(path + ": cannot be read (" + fault + ")", cause);
  }

  private static Reader decode(Path path, InputStream bytes) throws IOException {
    InputStream plain =
        path.toString().endsWith(".gz")
            ? new GZIPInputStream(bytes)
            : new BufferedInputStream(bytes);
    Reader text = new BufferedReader(new InputStreamReader(plain, utf8()), 1 << 16);
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    return text;
  }

  private static CharsetDecoder utf8() {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE)
        .replaceWith(NO_TEXT);
  }

  private List<String> names(ReplaySettings settings) {
    if (!settings.header()) {
      return settings.columns();
    }
    List<String> header = rows.next();
    if (header == null) {
      throw new UserMistake("empty (must begin with a row that names the columns)");
    }
    return header.stream().map(String::strip).toList();
  }

  // The key of all rows; null where it comes from columns.
  private @Nullable String key(ReplaySettings settings) {
    return settings.key().map(this::fileKey).orElse(null);
  }

  private @Nullable String fileKey(KeySettings key) {
    if (key.file().isEmpty()) {
      return key.constant().orElse(null);
    }
    String expression = key.file().get();
    Matcher matcher = Pattern.compile(expression).matcher(String.valueOf(path.getFileName()));
    String found =
        matcher.find() ? (matcher.groupCount() > 0 ? matcher.group(1) : matcher.group()) : null;
    if (found == null || found.isEmpty()) {
      throw Require.mistake("replay.key.file", expression, "found in the file's name");
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
        throw atLine(String.valueOf(e.getMessage()), e.getCause());
      }
    }
    return ready.poll();
  }

  private @Nullable List<String> nextRow() {
    List<String> cells;
    try {
      cells = rows.next();
    } catch (RowException e) {
      throw atLine(String.valueOf(e.getMessage()), e);
    } catch (UncheckedIOException e) { // no row that could be skipped: the next would fail alike
      throw unreadable(path, FileFault.of(e), e);
    }
    if (cells == null) {
      return null;
    }
    if (cells.size() != columns.size()) {
      row++;
      throw atLine(cells.size() + " columns (must be " + columns.size() + ")", null);
    }
    cells.replaceAll(String::strip);
    return cells;
  }

  private RowException atLine(String fault, @Nullable Throwable cause) {
    return new RowException(path + ":" + rows.line() + ": " + fault, cause);
  }

  /** Bytes read so far, ahead of the rows by a buffer. */
  long bytesRead() {
    return bytes.count();
  }

  @Override
  public void close() {
    closeQuietly(text);
  }

  private static void closeQuietly(@Nullable Closeable opened) {
    try {
      if (opened != null) {
        opened.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
