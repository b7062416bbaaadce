package dev.eddy.pipeline.cli.init.table;

import dev.eddy.connectors.file.row.WrittenTime;
import dev.eddy.connectors.file.settings.TimeSettings;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What times look like as text, and the patterns that read them. */
public final class TimeForms {
  private static final Pattern DATE =
      Pattern.compile("(\\d{1,4}|[A-Za-z]{3,9})([-/. ])(\\d{1,2}|[A-Za-z]{3,9})\\2(\\d{2,4})");
  private static final Pattern AMERICAN = Pattern.compile("([A-Za-z]{3,9}) (\\d{1,2}), (\\d{4})");
  private static final Pattern MONTH =
      Pattern.compile("(\\d{1,2}|[A-Za-z]{3,9})([-/. ])(\\d{4})|(\\d{4})([/.])(\\d{1,2})");
  private static final Pattern CLOCK =
      Pattern.compile(
          "(\\d{1,2})([:.h])(\\d{2})(?:\\2(\\d{2})(?:([.,])(\\d{1,9}))?)?( ?)([AaPp][Mm])?"
              + "( ?)(Z|[+-]\\d{2}:\\d{2}|[+-]\\d{4}|[+-]\\d{2}|[A-Z]{3,4})?");
  private static final Pattern BETWEEN = Pattern.compile("(?<=\\d)(T|, | +)(?=\\d)");

  private static final List<Form> OTHERS =
      Stream.of(
              "EEE MMM d HH:mm:ss yyyy",
              "EEE MMM d HH:mm:ss zzz yyyy",
              "EEE, d MMM yyyy HH:mm[:ss]",
              "EEEE, d MMMM yyyy HH:mm[:ss]",
              "EEEE, d MMMM yyyy",
              "EEE d/M/yyyy HH:mm[:ss]",
              "EEE d.M.yyyy HH:mm[:ss]",
              "yyyy-MM-dd-HH.mm.ss",
              "yyyy-MM-dd_HH-mm-ss",
              "yyyy-MM-dd HH-mm-ss",
              "yyyyMMdd_HHmmss",
              "yyyyMMdd HHmmss",
              "yyyyMMdd HH:mm[:ss]",
              "ddMMMyyyy:HH:mm:ss",
              "ddMMMyyyy",
              "d/MMM/yyyy:HH:mm:ss xx",
              "HH:mm[:ss] d/M/yyyy",
              "HH:mm[:ss] M/d/yyyy",
              "HH:mm[:ss] d.M.yyyy",
              "HH:mm[:ss] yyyy-MM-dd",
              "MMM-yy",
              "MMM yy",
              "yyyy'M'MM",
              "yyyy-DDD[ HH:mm[:ss]]")
          .map(Form::new)
          .toList();

  /** A form that is tried as a whole. */
  private record Form(String of, DateTimeFormatter formatter) {
    Form(String pattern) {
      this(pattern, TimeSettings.formatter(pattern));
    }

    boolean reads(String cell) {
      ParsePosition at = new ParsePosition(0);
      return formatter.parseUnresolved(cell, at) != null && at.getIndex() == cell.length();
    }
  }

  private TimeForms() {}

  /** A cell with digits as 9, each run one but for four of them, and letters as A. */
  static String shape(String cell) {
    StringBuilder shape = new StringBuilder();
    int run = 0;
    for (int i = 0; i <= cell.length() && shape.length() < 40; i++) {
      char each = i < cell.length() ? cell.charAt(i) : ' ';
      boolean digit = i < cell.length() && each >= '0' && each <= '9';
      if (digit) {
        run++;
        continue;
      }
      if (run > 0) {
        shape.append(run == 4 ? "9999" : run > 4 ? "99999" : "9");
        run = 0;
      }
      if (i < cell.length()) {
        boolean letter = Character.isLetter(each);
        boolean again = letter && shape.length() > 0 && shape.charAt(shape.length() - 1) == 'A';
        shape.append(again ? "" : letter ? "A" : each);
      }
    }
    return shape.toString();
  }

  /** Whether a cell is a time in some form: not a number alone. */
  public static boolean isTime(String cell) {
    return (isIso(cell) && !cell.matches("\\d+"))
        || !patterns(List.of(cell)).isEmpty()
        || isClock(cell);
  }

  /** Whether a cell is a time that needs no pattern. */
  public static boolean isIso(String cell) {
    try {
      var unused = WrittenTime.parse(cell);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Whether a cell is a time of day. */
  public static boolean isClock(String cell) {
    return cell.length() > 3 && CLOCK.matcher(cell).matches();
  }

  /** Whether a cell has the look of a time: groups of digits that no number has. */
  public static boolean looksLikeTime(String cell) {
    return cell.matches(".*\\d[-/:]\\d{1,4}[-/:]\\d.*|.*\\d\\.\\d{1,2}\\.\\d.*|.*\\d:\\d\\d.*")
        && !cell.matches("\\d+\\.\\d+\\.\\d+\\.\\d+"); // an address
  }

  /**
   * The patterns that read cells, several where day and month may be either.
   *
   * @param cells the first one of each form in a column
   */
  public static List<String> patterns(List<String> cells) {
    List<String> derived = derived(cells);
    return derived.isEmpty() && !cells.isEmpty()
        ? OTHERS.stream()
            .filter(form -> cells.stream().allMatch(form::reads))
            .map(Form::of)
            .toList()
        : derived;
  }

  private static List<String> derived(List<String> cells) {
    Set<String> dates = null;
    List<String> clocks = new ArrayList<>();
    for (String cell : cells) {
      Matcher between = BETWEEN.matcher(cell);
      String date = cell;
      String clock = "";
      while (!isDate(date) && between.find()) {
        if (isDate(cell.substring(0, between.start()))) {
          date = cell.substring(0, between.start());
          clock = between(between.group()) + clock(cell.substring(between.end()));
        }
      }
      Set<String> found = new LinkedHashSet<>(dates(date));
      if (dates != null) {
        found.retainAll(dates);
      }
      dates = found;
      clocks.add(clock);
    }
    String clock = common(clocks);
    return dates == null || clock == null
        ? List.of()
        : dates.stream().map(date -> date + clock).toList();
  }

  /** The pattern of times of day; empty where cells are none. */
  public static List<String> clockPatterns(List<String> cells) {
    List<String> found = cells.stream().map(TimeForms::clock).distinct().toList();
    String common = found.contains("?") ? null : common(found);
    return common == null || common.startsWith("[") ? List.of() : List.of(common);
  }

  private static boolean isDate(String text) {
    return !dates(text).isEmpty();
  }

  private static String between(String text) {
    return text.equals("T") ? "'T'" : text;
  }

  /** One pattern for times with and without a part; null where they differ otherwise. */
  private static @Nullable String common(List<String> clocks) {
    String longest = clocks.stream().max(Comparator.comparingInt(String::length)).orElse("");
    if (longest.contains("?")) {
      return null;
    }
    List<String> others = clocks.stream().filter(each -> !each.equals(longest)).distinct().toList();
    if (others.isEmpty()) {
      return longest;
    }
    for (String other : others) {
      if (!longest.startsWith(other) || others.size() > 1) {
        return null;
      }
    }
    String start = others.get(0);
    return start + "[" + longest.substring(start.length()) + "]";
  }

  private static List<String> dates(String text) {
    Matcher american = AMERICAN.matcher(text);
    if (american.matches()) {
      return List.of(month(american.group(1)) + " d, yyyy");
    }
    Matcher month = MONTH.matcher(text);
    if (month.matches()) {
      return month.group(1) == null
          ? List.of("yyyy" + month.group(5) + "M")
          : List.of(month(month.group(1)) + month.group(2) + "yyyy");
    }
    Matcher date = DATE.matcher(text);
    return date.matches()
        ? dates(date.group(1), date.group(2), date.group(3), date.group(4))
        : List.of();
  }

  private static List<String> dates(String first, String between, String second, String third) {
    if (first.matches("\\d{4}") && third.length() == 2) {
      return List.of("yyyy" + between + month(second) + between + "d");
    }
    String year = third.length() == 4 ? "yyyy" : "yy";
    if (third.length() == 3 || (first.length() > 2 && Character.isDigit(first.charAt(0)))) {
      return List.of();
    }
    String dayFirst = "d" + between + month(second) + between + year;
    String monthFirst = month(first) + between + "d" + between + year;
    if (!Character.isDigit(first.charAt(0))) {
      return List.of(monthFirst);
    }
    if (!Character.isDigit(second.charAt(0))) {
      return List.of(dayFirst);
    }
    String yearFirst = "yy" + between + "M" + between + "d";
    return third.length() == 4
        ? List.of(dayFirst, monthFirst)
        : List.of(dayFirst, monthFirst, yearFirst);
  }

  private static String month(String text) {
    return Character.isDigit(text.charAt(0)) ? "M" : text.length() == 3 ? "MMM" : "MMMM";
  }

  /** The pattern of a time of day; a question mark where it is none. */
  private static String clock(String text) {
    Matcher clock = CLOCK.matcher(text);
    if (!clock.matches()) {
      return "?";
    }
    String between = clock.group(2).equals("h") ? "'h'" : clock.group(2);
    StringBuilder pattern = new StringBuilder(clock.group(8) == null ? "H" : "h");
    pattern.append(between).append("mm");
    if (clock.group(4) != null) {
      pattern.append(between).append("ss");
    }
    if (clock.group(6) != null) {
      pattern.append(clock.group(5)).append("S".repeat(clock.group(6).length()));
    }
    if (clock.group(8) != null) {
      pattern.append(clock.group(7)).append('a');
    }
    return pattern.append(zone(clock)).toString();
  }

  private static String zone(Matcher clock) {
    String zone = clock.group(10);
    if (zone == null) {
      return "";
    }
    String blank = clock.group(8) == null ? clock.group(7) : clock.group(9);
    if (zone.equals("Z")) {
      return blank + "X";
    }
    String offset = zone.length() == 6 ? "xxx" : zone.length() == 5 ? "xx" : "x";
    return blank + (Character.isLetter(zone.charAt(0)) ? "z" : offset);
  }
}
