package dev.eddy.connectors.file.row;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Splits a text file into rows of cells. Blank lines are none. */
public sealed interface RowReader {
  /**
   * The next row's cells; null at the end.
   *
   * @throws UncheckedIOException if the text cannot be split
   */
  @Nullable List<String> next();

  /** The number of the line that the last row began in, from 1. */
  long line();

  static RowReader open(Reader text, String delimiter, Optional<Character> quote)
      throws IOException {
    return delimiter.equals("whitespace")
        ? new Blanks(text)
        : new Delimited(text, delimiter.equals("tab") ? "\t" : delimiter, quote);
  }

  /** Cells between delimiters, quoted where they contain one. */
  final class Delimited implements RowReader {
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private long line;

    Delimited(Reader text, String delimiter, Optional<Character> quote) throws IOException {
      CSVFormat format =
          CSVFormat.DEFAULT
              .builder()
              .setDelimiter(delimiter)
              .setQuote(quote.orElse(null))
              .setIgnoreEmptyLines(true)
              .get();
      parser = CSVParser.builder().setReader(text).setFormat(format).get();
      records = parser.iterator();
    }

    @Override
    public @Nullable List<String> next() {
      try {
        line = parser.getCurrentLineNumber() + 1;
        return records.hasNext() ? Arrays.asList(records.next().values()) : null;
      } catch (IllegalStateException e) {
        throw new UncheckedIOException(new IOException(e.getMessage(), e));
      }
    }

    @Override
    public long line() {
      return line;
    }
  }

  /** Cells between runs of blanks. */
  final class Blanks implements RowReader {
    private final BufferedReader lines;
    private long line;

    Blanks(Reader text) {
      lines = new BufferedReader(text);
    }

    @Override
    public @Nullable List<String> next() {
      try {
        String text = lines.readLine();
        line++;
        while (text != null && text.isBlank()) {
          text = lines.readLine();
          line++;
        }
        return text == null ? null : Arrays.asList(text.strip().split("\\s+"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public long line() {
      return line;
    }
  }
}
