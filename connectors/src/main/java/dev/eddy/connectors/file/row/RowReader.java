package dev.eddy.connectors.file.row;

import dev.eddy.settings.UserMistake;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Splits a text file into rows of cells. Blank lines are none. */
public sealed interface RowReader {
  /**
   * The next row's cells; null at the end.
   *
   * @throws RowException if the text cannot be split; the next call goes on behind it
   * @throws UncheckedIOException if the file cannot be read
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
      parser = CSVParser.builder().setReader(text).setFormat(format(delimiter, quote)).get();
      records = parser.iterator();
    }

    private static CSVFormat format(String delimiter, Optional<Character> quote) {
      try {
        return CSVFormat.DEFAULT
            .builder()
            .setDelimiter(delimiter)
            .setQuote(quote.orElse(null))
            .setIgnoreEmptyLines(true)
            .get();
      } catch (IllegalArgumentException e) { // it checks these settings alone
        throw new UserMistake(
            "replay.delimiter: "
                + delimiter
                + " (must go with replay.quote: "
                + e.getMessage()
                + ")",
            e);
      }
    }

    @Override
    public @Nullable List<String> next() {
      try {
        line = parser.getCurrentLineNumber() + 1;
        return records.hasNext() ? Arrays.asList(records.next().values()) : null;
      } catch (UncheckedIOException e) {
        if (e.getCause() instanceof CSVException wrong) {
          throw new RowException(String.valueOf(wrong.getMessage()), wrong);
        }
        throw e;
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
