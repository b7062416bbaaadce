package dev.eddy.connectors.file.settings;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a deployment's CSV files are read and sent as observations; the YAML's {@code replay:} block.
 *
 * @param files paths or globs such as {@code data/*.csv}; the matches of each in the order of their
 *     names; {@code .gz} is unpacked
 * @param layout {@code long}: a row is one observation, a column one feature; {@code wide}: a
 *     column is one key, or with {@code key} one key of each of its keys, {@code station/PM10}; a
 *     row holds one observation of each
 * @param delimiter what separates columns: any text, {@code tab}, or {@code whitespace} for runs of
 *     blanks; default a comma
 * @param quote what encloses text that contains delimiters; default {@code "}, or {@code none}
 * @param decimal the decimal point of numbers; default {@code .}
 * @param header whether the first row names the columns; default true
 * @param columns the columns' names in order where there is no header
 * @param key where the series key comes from; may be left out for {@code wide}
 * @param time where the event time comes from
 * @param wide which columns become keys; only for {@code wide}
 * @param missing values that mean missing; default empty, NA, N/A, NaN, nan, null, NULL and ?
 * @param rename new names of columns, {@code PM2.5: pm25}; everything else uses the new names, but
 *     for {@code key} and {@code time}, which name columns as in the file
 * @param labels new names of label values, {@code 1: sit-on-bed}; a value not named is an error
 * @param from the first event time to send; default all
 * @param to the event time before which sending ends; default all
 * @param rate observations a second; 0, the default, is as fast as the brokers take them
 * @param sort whether to read everything first and sort it by time, for files that are not in time
 *     order, such as one that lists its keys one after the other; default false
 * @param onError what to do at a row that does not parse; default {@code stop}
 */
public record ReplaySettings(
    List<Path> files,
    Layout layout,
    String delimiter,
    Optional<Character> quote,
    char decimal,
    boolean header,
    List<String> columns,
    Optional<KeySettings> key,
    TimeSettings time,
    Optional<WideSettings> wide,
    List<String> missing,
    Map<String, String> rename,
    Map<String, String> labels,
    Optional<Instant> from,
    Optional<Instant> to,
    double rate,
    boolean sort,
    RowErrors onError) {

  public static final Layout DEFAULT_LAYOUT = Layout.LONG;
  public static final String DEFAULT_DELIMITER = ",";
  public static final Optional<Character> DEFAULT_QUOTE = Optional.of('"');
  public static final char DEFAULT_DECIMAL = '.';
  public static final boolean DEFAULT_HEADER = true;
  public static final List<String> DEFAULT_MISSING =
      List.of("", "NA", "N/A", "NaN", "nan", "null", "NULL", "?");
  public static final double DEFAULT_RATE = 0;
  public static final boolean DEFAULT_SORT = false;
  public static final RowErrors DEFAULT_ON_ERROR = RowErrors.STOP;

  /** What a row and a column are. */
  public enum Layout {
    /** A row is one observation, a column one feature. */
    LONG,
    /** A column is one key, and a row holds one observation of each. */
    WIDE,
    /** A row is one key with all its values. */
    SERIES
  }

  /** What to do at a row that does not parse. */
  public enum RowErrors {
    /** End with its file, line and fault. */
    STOP,
    /** Count it and go on. */
    SKIP
  }

  public ReplaySettings {
    files = List.copyOf(files);
    columns = List.copyOf(columns);
    missing = List.copyOf(missing);
    rename = Collections.unmodifiableMap(new LinkedHashMap<>(rename));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    require(!files.isEmpty(), "files: none (must name at least one file or glob)");
    require(!delimiter.isEmpty(), "delimiter: nothing (must be text, tab or whitespace)");
    require(header || !columns.isEmpty(), "columns: none (must be named where header is false)");
    require(!header || columns.isEmpty(), "columns: " + columns + " (only where header is false)");
    boolean isWide = layout == Layout.WIDE;
    require(isWide || key.isPresent(), "key: none (must be a column, or file or constant)");
    require(
        layout != Layout.SERIES || time.step().isPresent(),
        "time.step: none (must be given for layout series)");
    require(isWide == wide.isPresent(), "wide: " + (isWide ? "none (must be given)" : NOT_LONG));
    require(rate >= 0 && rate < 1e9, "rate: " + rate + " (must be 0 or more)");
    require(
        from.isEmpty() || to.isEmpty() || from.get().isBefore(to.get()),
        "to: " + to.map(Instant::toString).orElse("") + " (must be later than from)");
  }

  private static final String NOT_LONG = "given (only for layout wide)";

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** The same with another period, so that history and the held-back part go separately. */
  public ReplaySettings withPeriod(Optional<Instant> first, Optional<Instant> end) {
    return new ReplaySettings(
        files, layout, delimiter, quote, decimal, header, columns, key, time, wide, missing, rename,
        labels, first, end, rate, sort, onError);
  }

  /** The same at another rate, in observations a second. */
  public ReplaySettings withRate(double observationsPerSecond) {
    return new ReplaySettings(
        files,
        layout,
        delimiter,
        quote,
        decimal,
        header,
        columns,
        key,
        time,
        wide,
        missing,
        rename,
        labels,
        from,
        to,
        observationsPerSecond,
        sort,
        onError);
  }

  /** The usual file: comma separated, with a header, a column of keys and one of ISO times. */
  public static ReplaySettings of(List<Path> files, KeySettings key, TimeSettings time) {
    return new ReplaySettings(
        files,
        DEFAULT_LAYOUT,
        DEFAULT_DELIMITER,
        DEFAULT_QUOTE,
        DEFAULT_DECIMAL,
        DEFAULT_HEADER,
        List.of(),
        Optional.of(key),
        time,
        Optional.empty(),
        DEFAULT_MISSING,
        Map.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        DEFAULT_RATE,
        DEFAULT_SORT,
        DEFAULT_ON_ERROR);
  }
}
