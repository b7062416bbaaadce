package dev.eddy.connectors.file.row;

import dev.eddy.connectors.file.settings.ReplaySettings;
import java.util.List;
import java.util.Optional;

/**
 * How a file's text is divided into rows of cells.
 *
 * @param encoding the name of a character set; empty: found by looking at the bytes
 * @param delimiter between cells: any text, {@code tab} or {@code whitespace}
 * @param quote around cells that hold a delimiter
 * @param comment what a line that is none of the table begins with
 * @param skip lines before the table
 * @param header whether the first row names the columns
 * @param columns their names without a header
 * @param unitsRows rows below the header that hold units
 */
public record Dialect(
    Optional<String> encoding,
    String delimiter,
    Optional<Character> quote,
    Optional<Character> comment,
    int skip,
    boolean header,
    List<String> columns,
    int unitsRows) {
  public Dialect {
    columns = List.copyOf(columns);
  }

  /** As a deployment's settings say. */
  public static Dialect of(ReplaySettings settings) {
    return new Dialect(
        settings.encoding(),
        settings.delimiter(),
        settings.quote(),
        settings.comment(),
        settings.skip(),
        settings.header(),
        settings.columns(),
        settings.unitsRow());
  }

  /** The same in another encoding. */
  public Dialect encoded(Optional<String> name) {
    return new Dialect(name, delimiter, quote, comment, skip, header, columns, unitsRows);
  }

  /** The same without names: every row is one of cells. */
  public Dialect bare() {
    return new Dialect(encoding, delimiter, quote, comment, skip, false, List.of(), 0);
  }
}
