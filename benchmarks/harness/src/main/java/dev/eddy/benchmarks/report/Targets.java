package dev.eddy.benchmarks.report;

import java.util.List;

/** The table of goals. */
public final class Targets {
  private Targets() {}

  /** What was aimed at, what was reached, and by how much it was missed. */
  public static TextTable table(String what, List<Target> targets) {
    return new TextTable(List.of(what, "target", "reached", "", ""), Target.rows(targets), 5);
  }
}
