package dev.eddy.pipeline.cli.init.table;

/** Tells dates and times of day that are written as digits alone from other whole numbers. */
public final class DigitForms {
  private DigitForms() {}

  /** The pattern of dates written without a mark; empty where numbers are none. */
  public static String date(Column column) {
    int length = "%.0f".formatted(column.least()).length();
    String pattern =
        switch (length) {
          case 8 -> "yyyyMMdd";
          case 10 -> "yyyyMMddHH";
          case 12 -> "yyyyMMddHHmm";
          case 14 -> "yyyyMMddHHmmss";
          default -> "";
        };
    if (pattern.isEmpty() || length != "%.0f".formatted(column.most()).length()) {
      return "";
    }
    boolean dates =
        column.texts().stream()
            .allMatch(cell -> cell.matches("(19|20)\\d\\d(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01]).*"));
    boolean hours =
        length == 8
            || column.texts().stream().allMatch(cell -> cell.matches("\\d{8}([01]\\d|2[0-3]).*"));
    return dates && hours ? pattern : "";
  }

  /** 0000, 0015 up to 2345: digits of hour and minute. */
  public static boolean isClock(Column column) {
    return column.isWhole()
        && !column.isConstant()
        && column.texts().stream().allMatch(cell -> cell.matches("([01]\\d|2[0-3])[0-5]\\d"));
  }
}
