package dev.eddy.pipeline.cli.init.table;

import dev.eddy.connectors.file.TableFile;
import dev.eddy.connectors.file.row.Dialect;
import dev.eddy.connectors.file.row.RowException;
import dev.eddy.connectors.file.row.RowReader;
import dev.eddy.settings.UserMistake;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Guesses how a file's text is divided into rows of cells, from its first lines. */
public final class DialectGuess {
  private static final int LINES = 1000;
  private static final List<String> DELIMITERS = List.of(",", ";", "tab", "|", "whitespace");
  private static final List<Character> COMMENTS = List.of('#', '%', '!');
  private static final Pattern OPENED = Pattern.compile("(^|[,;\t|])\"");
  private static final int LONGEST_CELL = 20; // lines

  private final Path file;
  private final Charset charset;
  private final List<String> lines;
  private final List<Integer> places = new ArrayList<>(); // of the rows among the lines
  private final List<String> texts = new ArrayList<>(); // of the rows, some of several lines
  private final List<List<String>> rows = new ArrayList<>();
  private final Optional<Character> comment;
  private final String delimiter;
  private final int width; // cells that most rows have

  private DialectGuess(Path file, Charset charset) {
    this.file = file;
    this.charset = charset;
    lines = TableFile.firstLines(file, charset, LINES);
    comment = comment();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank() && !isComment(lines.get(i)) && !isSeparator(i)) {
        int end = end(i);
        places.add(i);
        texts.add(String.join("\n", lines.subList(i, end)));
        i = end - 1;
      }
    }
    delimiter = delimiter();
    texts.forEach(text -> rows.add(split(text, delimiter)));
    width = usual(rows);
  }

  /** Where a row ends that begins at a line: quoted cells may hold breaks. */
  private int end(int line) {
    boolean open = false;
    for (int end = line; end < Math.min(lines.size(), line + LONGEST_CELL); end++) {
      String text = lines.get(end);
      open ^= text.chars().filter(each -> each == '"').count() % 2 == 1;
      if (!open || (end == line && !OPENED.matcher(text).find())) {
        return end + 1;
      }
    }
    return line + 1; // a lone mark, such as of inches
  }

  /**
   * Looks at the beginning of a file.
   *
   * @throws UserMistake in one line, when it has no rows or none can be made of it
   */
  static Dialect of(Path file, Charset charset) {
    return new DialectGuess(file, charset).guess();
  }

  private Dialect guess() {
    if (rows.size() < 2) {
      throw new UserMistake(
          "--from: " + file + ": " + rows.size() + " rows (must have at least 2)");
    }
    TableHead head = new TableHead(rows, width);
    int first = head.firstRow();
    head.requireNames(
        first, first == 0 ? "" : "--from: " + file + ":" + (places.get(first - 1) + 1));
    boolean header = head.isHeader(first);
    Optional<Integer> commented = header ? Optional.empty() : commentedHeader(first);
    int above = first == 0 ? (isSeparator(0) ? 1 : 0) : places.get(first - 1) + 1;
    int skip = commented.orElse(above);
    int units = header || commented.isPresent() ? head.units(first + (header ? 1 : 0)) : 0;
    if (header && head.isNamedInPart(first)) {
      int below = places.get(first) + 1;
      return dialect(comment, below, false, head.names(first), units);
    }
    boolean named = header || commented.isPresent();
    return dialect(
        commented.isPresent() ? Optional.empty() : comment,
        skip,
        named,
        named ? List.of() : IntStream.rangeClosed(1, width).mapToObj(i -> "column-" + i).toList(),
        units);
  }

  private Dialect dialect(
      Optional<Character> marked, int skip, boolean header, List<String> names, int units) {
    return new Dialect(
        written(charset), delimiter, Optional.of('"'), marked, skip, header, names, units);
  }

  /** The name of an encoding that is not the usual one. */
  static Optional<String> written(Charset charset) {
    return charset.equals(StandardCharsets.UTF_8) ? Optional.empty() : Optional.of(charset.name());
  }

  private Optional<Character> comment() {
    for (char mark : COMMENTS) {
      long marked = lines.stream().filter(line -> line.startsWith(String.valueOf(mark))).count();
      if (marked > 0 && marked < 0.5 * lines.size()) {
        return Optional.of(mark);
      }
    }
    return Optional.empty();
  }

  /** Whether a line tells a spreadsheet the delimiter, and is none of the table. */
  private boolean isSeparator(int line) {
    return line == 0 && lines.get(0).matches("(?i)\"?sep=.\"?");
  }

  private boolean isComment(String line) {
    return comment.isPresent() && line.startsWith(String.valueOf(comment.get()));
  }

  /** What divides most lines alike, and leaves no other delimiter within the cells. */
  private String delimiter() {
    String best = ",";
    double most = 0;
    for (String each : DELIMITERS) {
      if (each.equals("whitespace") && most > 0) {
        break; // times have a blank within
      }
      List<List<String>> split = new ArrayList<>();
      texts.forEach(text -> split.add(split(text, each)));
      int usual = usual(split);
      long alike = split.stream().filter(row -> row.size() == usual).count();
      long pure =
          split.stream().filter(row -> row.stream().noneMatch(DialectGuess::isMixed)).count();
      double score =
          usual < 2 ? 0 : (double) alike * pure / split.size() / split.size() * Math.log(usual);
      if (score > most) {
        most = score;
        best = each;
      }
    }
    return best;
  }

  private static boolean isMixed(String cell) {
    return cell.indexOf(';') >= 0 || cell.indexOf('\t') >= 0 || cell.indexOf('|') >= 0;
  }

  /** As the reader of files divides it; a line that it refuses is one cell. */
  private static List<String> split(String line, String delimiter) {
    Dialect dialect =
        new Dialect(
            Optional.empty(),
            delimiter,
            Optional.of('"'),
            Optional.empty(),
            0,
            false,
            List.of(),
            0);
    try {
      RowReader reader = RowReader.open(new BufferedReader(new StringReader(line)), dialect);
      List<String> cells = reader.next();
      return cells == null ? List.of() : cells.stream().map(String::strip).toList();
    } catch (RowException e) {
      return List.of(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of a text in memory
    }
  }

  private static int usual(List<List<String>> rows) {
    Map<Integer, Integer> sizes = new HashMap<>();
    rows.forEach(row -> sizes.merge(row.size(), 1, Integer::sum));
    return sizes.isEmpty()
        ? 0
        : Collections.max(sizes.entrySet(), Map.Entry.comparingByValue()).getKey();
  }

  /** The line of the last comment above the table, where that names the columns. */
  private Optional<Integer> commentedHeader(int first) {
    int line = places.get(first) - 1;
    if (line < 0 || !isComment(lines.get(line))) {
      return Optional.empty();
    }
    List<String> names = split(lines.get(line), delimiter);
    return names.size() == width && !TableHead.isData(names) ? Optional.of(line) : Optional.empty();
  }
}
