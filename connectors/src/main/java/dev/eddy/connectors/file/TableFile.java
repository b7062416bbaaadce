package dev.eddy.connectors.file;

import dev.eddy.connectors.file.row.Dialect;
import dev.eddy.connectors.file.row.RowException;
import dev.eddy.connectors.file.row.RowReader;
import dev.eddy.settings.FileFault;
import dev.eddy.settings.UserMistake;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file as a table: names of columns and rows of as many cells. Everything that reads files
 * reads them through this, so that what {@code eddy init} saw is what the others see. Thread
 * confined.
 */
public final class TableFile implements AutoCloseable {
  /** Stands for bytes that are no text, which no text in UTF-8 can hold: half a surrogate pair. */
  private static final String NO_TEXT = "\uDFFF";

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path path;
  private final CountingInput bytes;
  private final Charset charset;
  private final RowReader rows;
  private final List<String> header;
  private final List<String> names;
  private int blanks;

  private TableFile(Path path, Dialect dialect, Charset charset, CountingInput bytes)
      throws IOException {
    this.path = path;
    this.bytes = bytes;
    this.charset = charset;
    rows = RowReader.open(decode(path, bytes, charset), dialect);
    header = dialect.header() ? header() : List.of();
    names = dialect.header() ? named(header) : dialect.columns();
    for (int row = 0; row < dialect.unitsRows(); row++) {
      var unused = rows.next();
    }
  }

  /**
   * Opens a file and reads what names its columns.
   *
   * @throws UserMistake in one line, with the file's name
   */
  public static TableFile open(Path path, Dialect dialect) {
    try {
      Charset charset =
          dialect.encoding().isPresent()
              ? Charset.forName(dialect.encoding().get())
              : Encodings.of(path);
      CountingInput bytes = new CountingInput(Files.newInputStream(path));
      try {
        return new TableFile(path, dialect, charset, bytes);
      } catch (IOException | RuntimeException e) {
        bytes.close();
        throw e;
      }
    } catch (IOException e) {
      throw unreadable(path, FileFault.of(e), e);
    } catch (UncheckedIOException e) {
      throw unreadable(path, FileFault.of(e), e);
    } catch (RowException | UserMistake e) { // of the header, or of a setting
      throw new UserMistake(path + ": " + e.getMessage(), e);
    }
  }

  /**
   * How a file's bytes are most likely read, found by looking at all of them.
   *
   * @throws UserMistake in one line, if it cannot be read
   */
  public static Charset charsetOf(Path path) {
    try {
      return Encodings.of(path);
    } catch (IOException e) {
      throw unreadable(path, FileFault.of(e), e);
    }
  }

  /**
   * The first lines of a file's text.
   *
   * @throws UserMistake in one line, if it cannot be read
   */
  public static List<String> firstLines(Path path, Charset charset, int most) {
    try (BufferedReader text = decode(path, Files.newInputStream(path), charset)) {
      return text.lines().limit(most).toList();
    } catch (IOException e) {
      throw unreadable(path, FileFault.of(e), e);
    } catch (UncheckedIOException e) {
      throw unreadable(path, FileFault.of(e), e);
    }
  }

  static UserMistake unreadable(Path path, String fault, Exception cause) {
    return new UserMistake(path + ": cannot be read (" + fault + ")", cause);
  }

  private static BufferedReader decode(Path path, InputStream bytes, Charset charset)
      throws IOException {
    InputStreamReader decoded =
        new InputStreamReader(
            Encodings.unpacked(path, bytes),
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .replaceWith(charset.equals(StandardCharsets.UTF_8) ? NO_TEXT : "\uFFFD"));
    BufferedReader text = new BufferedReader(decoded, 1 << 16);
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    return text;
  }

  private List<String> header() {
    List<String> found = rows.next();
    if (found == null) {
      throw new UserMistake("empty (must begin with a row that names the columns)");
    }
    return found.stream().map(String::strip).toList();
  }

  /** A nameless column is called by its place; those at the end, left by a delimiter, are none. */
  private static List<String> named(List<String> header) {
    int size = header.size();
    while (size > 1 && header.get(size - 1).isEmpty()) {
      size--;
    }
    List<String> names = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      names.add(header.get(i).isEmpty() ? "column-" + (i + 1) : header.get(i));
    }
    return names;
  }

  /** The names of the columns; empty where neither header nor settings name them. */
  public List<String> names() {
    return names;
  }

  /** How the file's bytes are read. */
  public Charset charset() {
    return charset;
  }

  /**
   * The next row, a cell for each name; null at the end. Rows of empty cells are passed over, and
   * empty cells behind the last name are none.
   *
   * @throws RowException with file, line and fault; the next call goes on behind that row
   */
  public @Nullable List<String> next() {
    List<String> cells = split();
    blanks = 0;
    while (cells != null && isBlank(cells)) {
      blanks++;
      cells = split();
    }
    if (cells == null) {
      return null;
    }
    if (!header.isEmpty() && cells.equals(header)) {
      throw at("repeated header", "the header once more (must be a row of values)", null);
    }
    return names.isEmpty() ? cells : fitted(cells);
  }

  private @Nullable List<String> split() {
    try {
      List<String> cells = rows.next();
      if (cells != null) {
        cells.replaceAll(String::strip);
      }
      return cells;
    } catch (RowException e) {
      throw at(e.reason(), String.valueOf(e.getMessage()), e);
    } catch (UncheckedIOException e) { // no row that could be skipped: the next would fail alike
      throw unreadable(path, FileFault.of(e), e);
    }
  }

  private static boolean isBlank(List<String> cells) {
    for (String cell : cells) {
      if (!cell.isEmpty()) {
        return false;
      }
    }
    return cells.size() > 1;
  }

  private List<String> fitted(List<String> cells) {
    int size = cells.size();
    while (size > names.size() && cells.get(size - 1).isEmpty()) {
      size--;
    }
    if (size != names.size()) {
      throw at("number of columns", cells.size() + " columns (must be " + names.size() + ")", null);
    }
    return size == cells.size() ? cells : cells.subList(0, size);
  }

  /** How many rows of empty cells lie before the last row. */
  int blanks() {
    return blanks;
  }

  /** A fault of the last row. */
  RowException at(String reason, String fault, @Nullable Throwable cause) {
    return new RowException(reason, path + ":" + line() + ": " + fault, cause);
  }

  /** The number of the line that the last row began in, from 1. */
  public long line() {
    return rows.line();
  }

  /** Bytes read so far, ahead of the rows by a buffer. */
  long bytesRead() {
    return bytes.count();
  }

  @Override
  public void close() {
    try {
      bytes.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
