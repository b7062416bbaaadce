package dev.eddy.connectors.file.row;

import dev.eddy.settings.UserMistake;
import java.io.BufferedReader;
import java.io.IOException;
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

/** Splits a text file into rows of cells. Blank lines and comments are none. */
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

  /** Splits what lies behind the lines to skip. */
  static RowReader open(BufferedReader text, Dialect dialect) throws IOException {
    for (int line = 0; line < dialect.skip(); line++) {
      if (text.readLine() == null) {
        break;
      }
    }
    String delimiter = dialect.delimiter();
    return delimiter.equals("whitespace")
        ? new Blanks(text, dialect)
        : new Delimited(text, dialect);
  }

  /** Cells between delimiters, quoted where they contain one. */
  final class Delimited implements RowReader {
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final int skipped;
    private long line;

    Delimited(BufferedReader text, Dialect dialect) throws IOException {
      parser = CSVParser.builder().setReader(text).setFormat(format(dialect)).get();
      records = parser.iterator();
      skipped = dialect.skip();
    }

    private static CSVFormat format(Dialect dialect) {
      String delimiter = dialect.delimiter().equals("tab") ? "\t" : dialect.delimiter();
      Optional<Character> quote = dialect.quote();
      try {
        return CSVFormat.DEFAULT
            .builder()
            .setDelimiter(delimiter)
            .setQuote(quote.orElse(null))
            .setCommentMarker(dialect.comment().orElse(null))
            .setIgnoreEmptyLines(true)
            .get();
      } catch (IllegalArgumentException e) { // it checks these settings alone
        throw new UserMistake(
            "replay.delimiter: "
                + delimiter
                + " (must go with replay.quote and replay.comment: "
                + e.getMessage()
                + ")",
            e);
      }
    }

    @Override
    public @Nullable List<String> next() {
      try {
        line = parser.getCurrentLineNumber() + skipped + 1;
        return records.hasNext() ? Arrays.asList(records.next().values()) : null;
      } catch (UncheckedIOException e) {
        if (e.getCause() instanceof CSVException wrong) {
          throw new RowException("quotes", String.valueOf(wrong.getMessage()), wrong);
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
    private final String comment;
    private long line;

    Blanks(BufferedReader text, Dialect dialect) {
      lines = text;
      comment = dialect.comment().map(String::valueOf).orElse("");
      line = dialect.skip();
    }

    @Override
    public @Nullable List<String> next() {
      try {
        String text = lines.readLine();
        line++;
        while (text != null && isNone(text)) {
          text = lines.readLine();
          line++;
        }
        return text == null ? null : Arrays.asList(text.strip().split("\\s+"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private boolean isNone(String text) {
      return text.isBlank() || (!comment.isEmpty() && text.startsWith(comment));
    }

    @Override
    public long line() {
      return line;
    }
  }
}
