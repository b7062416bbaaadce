package dev.eddy.pipeline.cli.init.table;

/** Writes numbers for people: whole ones without a point. */
public final class Numerals {
  private Numerals() {}

  public static String of(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? String.valueOf((long) value) : String.valueOf(value);
  }
}
