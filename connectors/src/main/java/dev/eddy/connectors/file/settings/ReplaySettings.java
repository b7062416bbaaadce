package dev.eddy.connectors.file.settings;

import dev.eddy.settings.Block;
import dev.eddy.settings.Require;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a deployment's CSV files are read and sent as observations. */
@Block("replay")
public record ReplaySettings(
    @Setting(
            about =
                "paths or globs such as `data/*.csv`; the matches of each in the order of their"
                    + " names; `.gz` is unpacked")
        List<Path> files,
    @Setting(
            about =
                "files of a time and the features of `input.shared`, read in the same way; all of"
                    + " their rows are sent, before the others",
            byDefault = "[]")
        List<Path> sharedFiles,
    @Setting(
            about =
                "`long`: a row is one observation, a column one feature; `wide`: a column is one"
                    + " key, or with `key` one key of each of its keys, and a row holds one"
                    + " observation of each; `series`: a row is one key with all its values",
            byDefault = "long")
        Layout layout,
    @Setting(
            about =
                "how text is written as bytes, such as `windows-1252`; found by looking at all of a"
                    + " file unless given: a byte order mark, UTF-8, or what the bytes look like",
            byDefault = "auto")
        Optional<String> encoding,
    @Setting(
            about = "what lies before the table",
            byDefault = "0",
            unit = "lines",
            least = "0",
            most = "1000000")
        int skip,
    @Setting(about = "what a line begins with that is a comment", byDefault = "none")
        Optional<Character> comment,
    @Setting(
            about = "what separates columns: any text, `tab`, or `whitespace` for runs of blanks",
            byDefault = ",")
        String delimiter,
    @Setting(about = "what encloses text that contains delimiters, or `none`", byDefault = "\"")
        Optional<Character> quote,
    @Setting(about = "the decimal point of numbers", byDefault = ".") char decimal,
    @Setting(about = "what groups the digits of numbers, as `,` in 1,234.5", byDefault = "none")
        Optional<Character> thousands,
    @Setting(about = "whether the first row names the columns", byDefault = "true") boolean header,
    @Setting(about = "the columns' names in order where there is no header", byDefault = "[]")
        List<String> columns,
    @Setting(
            about = "what lies below the header and holds units or the like",
            byDefault = "0",
            unit = "rows",
            least = "0",
            most = "100")
        int unitsRow,
    @Setting(
            about = "where the series key comes from; may be left out for layout `wide`",
            byDefault = "none")
        Optional<KeySettings> key,
    @Setting(about = "where the event time comes from") TimeSettings time,
    @Setting(about = "which columns become keys; only for layout `wide`", byDefault = "none")
        Optional<WideSettings> wide,
    @Setting(
            about = "values that mean missing; a number also where it is spelt otherwise",
            byDefault = {"", "NA", "N/A", "NaN", "nan", "null", "NULL", "?"})
        List<String> missing,
    @Setting(
            about =
                "new names of columns, `PM2.5: pm25`; everything else uses the new names, but for"
                    + " `key` and `time`, which name columns as in the file",
            byDefault = "{}")
        Map<String, String> rename,
    @Setting(
            about =
                "new names of label values, `1: sit-on-bed`; a value not named is then an error",
            byDefault = "{}")
        Map<String, String> labels,
    @Setting(about = "the first event time to send", byDefault = "none") Optional<Instant> from,
    @Setting(about = "the event time before which sending ends", byDefault = "none")
        Optional<Instant> to,
    @Setting(
            about = "how fast to send; 0 is as fast as the brokers take them",
            byDefault = "0",
            unit = "observations a second",
            least = "0",
            below = "1e9")
        double rate,
    @Setting(
            about =
                "whether to read everything first and sort it by time, for files that are not in"
                    + " time order, such as one that lists its keys one after the other",
            byDefault = "false")
        boolean sort,
    @Setting(
            about =
                "at a row that does not parse: `stop` with its file, line and fault, or `skip` it",
            byDefault = "stop")
        RowErrors onError) {

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
    sharedFiles = List.copyOf(sharedFiles);
    columns = List.copyOf(columns);
    missing = List.copyOf(missing);
    rename = Collections.unmodifiableMap(new LinkedHashMap<>(rename));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    Settings.check(
        ReplaySettings.class,
        files,
        sharedFiles,
        layout,
        encoding,
        skip,
        comment,
        delimiter,
        quote,
        decimal,
        thousands,
        header,
        columns,
        unitsRow,
        key,
        time,
        wide,
        missing,
        rename,
        labels,
        from,
        to,
        rate,
        sort,
        onError);
    encoding.ifPresent(ReplaySettings::requireEncoding);
    require(!thousands.equals(Optional.of(decimal)), "thousands", decimal, "another than decimal");
    require(!files.isEmpty(), "files", "none", "at least one file or glob");
    require(!delimiter.isEmpty(), "delimiter", "nothing", "text, tab or whitespace");
    require(header || !columns.isEmpty(), "columns", "none", "given where header is false");
    require(!header || columns.isEmpty(), "columns", columns, "left out where there is a header");
    boolean isWide = layout == Layout.WIDE;
    require(isWide || key.isPresent(), "key", "none", "a column, or file or constant");
    require(
        layout != Layout.SERIES || time.step().isPresent(),
        "time.step",
        "none",
        "given for layout series");
    require(
        isWide == wide.isPresent(),
        "wide",
        isWide ? "none" : "given",
        isWide ? "given for layout wide" : "left out but for layout wide");
    require(
        from.isEmpty() || to.isEmpty() || from.get().isBefore(to.get()),
        "to",
        to.map(Instant::toString).orElse(""),
        "later than from");
  }

  private static void requireEncoding(String name) {
    boolean known;
    try {
      known = Charset.isSupported(name);
    } catch (IllegalCharsetNameException e) {
      known = false;
    }
    require(known, "encoding", name, "the name of a character set, such as windows-1252");
  }

  private static void require(boolean holds, String setting, Object found, String expectation) {
    Require.that(holds, "replay." + setting, found, expectation);
  }

  /** The same with another period, so that history and the held-back part go separately. */
  public ReplaySettings withPeriod(Optional<Instant> first, Optional<Instant> end) {
    return Settings.with(this, Map.of("from", first, "to", end));
  }

  /** The same at another rate, in observations a second. */
  public ReplaySettings withRate(double observationsPerSecond) {
    return Settings.with(this, Map.of("rate", observationsPerSecond));
  }

  /** The usual file: comma separated, with a header, a column of keys and one of ISO times. */
  public static ReplaySettings of(List<Path> files, KeySettings key, TimeSettings time) {
    return Settings.of(
        ReplaySettings.class, Map.of("files", files, "key", Optional.of(key), "time", time));
  }
}
